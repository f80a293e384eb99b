import Measure

/// What waits for the disk. Bounded: while nothing can be written, token arrivals are let go first, then
/// lags and activity, then requests, then the rest; readings are apart. What was let go is counted.
struct PendingSamples {
    enum Item {
        /// `hole`: arrivals that came before this batch were let go.
        case batch(SampleBatch, hole: Bool)
        indirect case event(ControlEvent)
        case reading(Reading)
        indirect case result(LevelResult)
    }

    struct Limits {
        /// 24 bytes each.
        var arrivals = 500_000
        var requests = 50_000
        var batches = 2_000
        /// Events and level results.
        var others = 10_000
        /// Some kilobytes each.
        var readings = 2_000
    }

    private let limits: Limits
    private(set) var items: [Item] = []
    private(set) var losses = RecordingLosses()
    private var hole = false
    // What waits, and what the writer has taken out and not yet written.
    private var arrivals = 0
    private var requests = 0
    private var batches = 0
    private var others = 0
    private var readings = 0

    init(limits: Limits = Limits()) { self.limits = limits }

    var isEmpty: Bool { items.isEmpty }

    mutating func add(_ entry: SessionEntry) {
        switch entry {
        case .batch(let batch): add(batch)
        case .event(let event): add(event)
        case .reading(let reading): add(reading)
        case .result(let result): addOther(.result(result))
        }
    }

    mutating func add(_ batch: SampleBatch) {
        guard arrivals + batch.arrivals.count <= limits.arrivals, batches < limits.batches else {
            return addShortened(batch)
        }
        arrivals += batch.arrivals.count
        append(batch)
    }

    mutating func add(_ event: ControlEvent) { addOther(.event(event)) }

    /// Hands all that waits to the writer; `written` or `putBack` must follow.
    mutating func take() -> [Item] {
        defer { items = [] }
        return items
    }

    mutating func written() {
        (arrivals, requests, batches, others, readings) = (0, 0, 0, 0, 0)
        for item in items { count(item) }
    }

    mutating func putBack(_ taken: [Item]) { items = taken + items }

    private mutating func append(_ batch: SampleBatch) {
        let room = max(0, limits.requests - requests)
        var batch = batch
        if batch.requests.count > room {
            losses.requests += batch.requests.count - room
            batch.requests.removeLast(batch.requests.count - room)
        }
        requests += batch.requests.count
        batches += 1
        items.append(.batch(batch, hole: hole))
        hole = false
    }

    /// Without its arrivals; into the batch before, when there are too many of them already.
    private mutating func addShortened(_ batch: SampleBatch) {
        if !batch.arrivals.isEmpty {
            losses.arrivals += batch.arrivals.count
            hole = true
        }
        var short = SampleBatch(loop: batch.loop, upTo: batch.upTo, requests: batch.requests)
        guard batches >= limits.batches else {
            short.timerLags = batch.timerLags
            short.readLags = batch.readLags
            short.readLagChanges = batch.readLagChanges
            short.activity = batch.activity
            short.vitals = batch.vitals
            return append(short)
        }
        guard !short.requests.isEmpty else { return }
        guard case .batch(var before, let holeBefore) = items.last, before.loop == batch.loop else {
            return append(short)
        }
        let room = max(0, limits.requests - requests)
        let kept = short.requests.prefix(room)
        losses.requests += short.requests.count - kept.count
        requests += kept.count
        items.removeLast()
        before.upTo = batch.upTo
        before.requests.append(contentsOf: kept)
        items.append(.batch(before, hole: holeBefore))
    }

    private mutating func add(_ reading: Reading) {
        guard readings < limits.readings else {
            losses.readings += 1
            return
        }
        readings += 1
        items.append(.reading(reading))
    }

    private mutating func addOther(_ item: Item) {
        guard others < limits.others else {
            losses.others += 1
            return
        }
        others += 1
        items.append(item)
    }

    private mutating func count(_ item: Item) {
        switch item {
        case .batch(let batch, _):
            arrivals += batch.arrivals.count
            requests += batch.requests.count
            batches += 1
        case .event, .result: others += 1
        case .reading: readings += 1
        }
    }
}
