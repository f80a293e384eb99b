import Measure

/// What waits for the disk. Bounded: while nothing can be written, token arrivals are let go first, then
/// lags and activity, then requests, then the rest; what was let go is counted.
struct PendingSamples {
    enum Item {
        /// `hole`: arrivals that came before this batch were let go.
        case batch(SampleBatch, hole: Bool)
        indirect case event(ControlEvent)
        indirect case result(LevelResult)
    }

    struct Limits {
        /// 24 bytes each.
        var arrivals = 500_000
        var requests = 50_000
        var batches = 2_000
        /// Events and level results.
        var others = 10_000
    }

    struct Losses: Equatable {
        var arrivals = 0
        var requests = 0
        var others = 0
        var isEmpty: Bool { self == Losses() }
    }

    private let limits: Limits
    private(set) var items: [Item] = []
    private(set) var losses = Losses()
    private var hole = false
    // What waits, and what the writer has taken out and not yet written.
    private var arrivals = 0
    private var requests = 0
    private var batches = 0
    private var others = 0

    init(limits: Limits = Limits()) { self.limits = limits }

    var isEmpty: Bool { items.isEmpty }

    mutating func add(_ batch: SampleBatch) {
        guard arrivals + batch.arrivals.count <= limits.arrivals, batches < limits.batches else {
            return addShortened(batch)
        }
        arrivals += batch.arrivals.count
        append(batch)
    }

    mutating func add(_ event: ControlEvent) { addOther(.event(event)) }
    mutating func add(_ result: LevelResult) { addOther(.result(result)) }

    /// Hands all that waits to the writer; `written` or `putBack` must follow.
    mutating func take() -> [Item] {
        defer { items = [] }
        return items
    }

    mutating func written() {
        (arrivals, requests, batches, others) = (0, 0, 0, 0)
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
            short.activity = batch.activity
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
        }
    }
}
