import Measure

/// Which series of a page say what, in columns that stay the same from page to page: of those that mean the same, the
/// best; of copies, one.
struct PageColumns: Sendable {
    private(set) var uses: [Use] = []
    /// Rows' names; the first row, without one, is the server as a whole.
    private(set) var rows: [String?] = [nil]
    private var columns: [Column: Int] = [:]
    /// The same of those kinds that have a slot, by row and slot; -1 where there is none: figures are made of these
    /// thousands of times a second in a replay.
    private var slots: [Int] = []
    /// The buckets in use, by row and timing; none where parts don't fit together.
    private(set) var layouts: [Layout: Buckets] = [:]
    /// The columns of requests that ended, by why.
    private(set) var endings: [(row: Int, reason: String, column: Int)] = []
    private(set) var kind = ServerKind.other
    /// The growth of generated tokens says nothing before a request ends.
    private(set) var tokensCountAtEnd = false
    private(set) var model: String?
    /// What each series may mean, by its place.
    private(set) var meanings: [SeriesMeaning?] = []
    /// By place: whether it counts up, so that what it was before matters.
    private(set) var grows: [Bool] = []
    /// Columns that are reckoned here, and not read.
    private(set) var reckoned: [Int] = []
    /// By place: which histogram it is a part of, and which metric it is; −1 for what means nothing.
    private(set) var groupOf: [Int] = []
    private(set) var metricOf: [Int] = []
    /// Columns of counters that are not on the page while others of their metric are: a label's value that hasn't come
    /// up since the server began.
    private(set) var silent: [Int] = []
    private var counted: [Metric: Set<Int>] = [:]
    private var groups: [String: Int] = [:]
    private var metrics: [String: Int] = [:]
    private var isSaid: [Bool] = []
    /// The series by place, as they were in the reading before.
    private var series: [Shown] = []

    /// More rows than any page has engines; what is beyond adds to the whole.
    static let mostRows = 257
    /// Of all rows together, over time: reasons and buckets that are new each time would fill the memory.
    static let mostColumns = 32_768

    /// Why requests ended, in all rows: a server knows half a dozen reasons.
    static let mostEndings = 2_048

    /// Nothing can be held against what was before any more.
    var areTooMany: Bool { columns.count > Self.mostColumns }

    mutating func column(_ row: Int, _ kind: Column.Kind) -> Int {
        var kind = kind
        if let index = known(row, kind) { return index }
        if case .counter(.finished) = kind, endings.count >= Self.mostEndings {
            kind = .counter(.finished("other"))
            if let index = known(row, kind) { return index }
        }
        let index = columns.count
        columns[Column(row: row, kind: kind)] = index
        if let slot = kind.slot {
            let missing = (row + 1) * Column.Kind.slots - slots.count
            if missing > 0 { slots += [Int](repeating: -1, count: missing) }
            slots[row * Column.Kind.slots + slot] = index
        }
        switch kind {
        case .counter(.finished(let reason)): endings.append((row, reason, index))
        case .integral, .known, .counter(.busySlotSteps): reckoned.append(index)
        case .counter, .sum, .count, .bucket: break
        }
        return index
    }

    /// nil: it never came up.
    func known(_ row: Int, _ kind: Column.Kind) -> Int? {
        guard let slot = kind.slot else { return columns[Column(row: row, kind: kind)] }
        let place = row * Column.Kind.slots + slot
        return place < slots.count && slots[place] >= 0 ? slots[place] : nil
    }

    /// How many there are.
    var count: Int { columns.count }

    private static func grows(_ meaning: SeriesMeaning?) -> Bool {
        meaning?.targets.contains { target, _, _ in
            switch target {
            case .counter, .bucket, .sum, .count: true
            case .gauge, .gaugePerhapsPercent, .constant, .live: false
            }
        } ?? false
    }

    var metricCount: Int { metrics.count }

    struct Fit {
        /// A histogram that was in use has other buckets.
        var haveBucketsChanged = false
        /// Whoever reads began anew: where each series was in the reading before. nil: all are where they were.
        var formerPlaces: [Int?]?
    }

    mutating func fit(_ reading: Reading) -> Fit {
        var fit = Fit()
        if !reading.series.starts(with: series) {
            let places = Dictionary(
                series.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            fit.formerPlaces = reading.series.map { places[$0] }
            (meanings, grows, groupOf, metricOf, isSaid) = ([], [], [], [], [])
            (groups, metrics) = ([:], [:])
        }
        series = reading.series
        fit.haveBucketsChanged = bindAnew(reading)
        return fit
    }

    /// - Returns: whether buckets that were in use are others now.
    private mutating func bindAnew(_ reading: Reading) -> Bool {
        for series in reading.series.dropFirst(meanings.count) {
            let meaning = SeriesMeaning(series.text)
            meanings.append(meaning)
            grows.append(Self.grows(meaning))
            groupOf.append(meaning.map { Self.number($0.group, in: &groups) } ?? -1)
            metricOf.append(meaning.map { Self.number($0.metric, in: &metrics) } ?? -1)
        }
        let said = meanings.indices.map { place in
            meanings[place] != nil && place < reading.values.count && reading.values[place] != nil
        }
        guard said != isSaid else { return false }
        isSaid = said
        return bind(said.indices.filter { said[$0] })
    }

    private static func number(_ name: String, in numbers: inout [String: Int]) -> Int {
        if let number = numbers[name] { return number }
        numbers[name] = numbers.count
        return numbers.count - 1
    }

    // MARK: Choosing

    private struct Metric: Hashable {
        var name: String
        var row: Int
    }

    private mutating func bind(_ places: [Int]) -> Bool {
        var best: [SignalKey: Int] = [:]
        var copies: [Metric: SeriesMeaning.Copy] = [:]
        var models: Set<String> = []
        var families: Set<ServerKind> = []
        for place in places {
            guard let meaning = meanings[place] else { continue }
            let metric = Metric(name: meaning.metric, row: row(meaning.engine))
            copies[metric] = min(copies[metric] ?? meaning.copy, meaning.copy)
            for (target, rank, _) in meaning.targets {
                let key = SignalKey(target)
                best[key] = min(best[key] ?? rank, rank)
            }
            if let model = meaning.model { models.insert(model) }
            families.insert(meaning.family)
        }
        model = models.count == 1 ? models.first : nil
        kind = Self.kinds.first(where: families.contains) ?? .other
        let chosen = places.filter { place in
            guard let meaning = meanings[place] else { return false }
            return copies[Metric(name: meaning.metric, row: row(meaning.engine))] == meaning.copy
        }
        let changed = layOut(chosen, best)
        uses = chosen.flatMap { uses(of: $0, best) }
        tokensCountAtEnd =
            !uses.contains { $0.part == .live }
            && uses.contains { use in
                use.column == known(use.row, .counter(.generated))
                    && ServerFamily.countedAtEnd.contains(meanings[use.place]?.metric ?? "")
            }
        setSilent(copies.keys)
        return changed
    }

    private mutating func setSilent(_ said: some Sequence<Metric>) {
        for use in uses where use.part == .counter && use.group < 0 {
            guard let meaning = meanings[use.place] else { continue }
            counted[Metric(name: meaning.metric, row: use.row), default: []].insert(use.column)
        }
        let spoken = Set(uses.map(\.column))
        silent = said.flatMap { counted[$0] ?? [] }.filter { !spoken.contains($0) }
    }

    /// Who stands in front names the whole.
    private static let kinds: [ServerKind] = [
        .dynamo, .vllm, .sglang, .llamacpp, .tensorRT, .lmdeploy, .tgi, .ollama,
    ]

    private mutating func row(_ engine: String?) -> Int {
        guard let engine else { return 0 }
        if let row = rows.firstIndex(of: engine) { return row }
        guard rows.count < Self.mostRows else { return 0 }
        rows.append(engine)
        return rows.count - 1
    }

    private mutating func layOut(_ places: [Int], _ best: [SignalKey: Int]) -> Bool {
        var bounds: [Layout: [Int: Set<Double>]] = [:]
        for place in places {
            guard let meaning = meanings[place] else { continue }
            for case (.bucket(let timing, let bound), let rank, _) in meaning.targets
            where best[.histogram(timing)] == rank {
                bounds[Layout(row: row(meaning.engine), timing: timing), default: [:]][
                    groupOf[place], default: []
                ]
                .insert(bound)
            }
        }
        var changed = false
        for (layout, groups) in bounds {
            let all = Set(groups.values)
            let before = layouts[layout]
            guard all.count == 1, let only = all.first, only.contains(.infinity) else {
                layouts[layout] = nil
                continue
            }
            let sorted = only.sorted()
            guard before?.bounds != sorted else { continue }
            changed = changed || before != nil
            let number = (before?.number ?? columns.count) + 1
            layouts[layout] = Buckets(
                number: number, bounds: sorted,
                columns: sorted.indices.map {
                    column(layout.row, .bucket(layout.timing, layout: number, place: $0))
                })
        }
        for layout in layouts.keys where bounds[layout] == nil { layouts[layout] = nil }
        return changed
    }

    private mutating func uses(of place: Int, _ best: [SignalKey: Int]) -> [Use] {
        guard let meaning = meanings[place] else { return [] }
        let row = row(meaning.engine)
        var uses: [Use] = []
        for (target, rank, scale) in meaning.targets where best[SignalKey(target)] == rank {
            var use = Use(place: place, row: row, part: .counter, column: -1, scale: scale, group: -1)
            switch target {
            case .gauge(let gauge): use.part = .gauge(gauge)
            case .gaugePerhapsPercent(let gauge):
                use.part = .gauge(gauge)
                use.perhapsPercent = true
            case .constant(let gauge, let value): use.part = .constant(gauge, value)
            case .counter(let counter): use.column = column(row, .counter(counter))
            case .live(let counter):
                use.part = .live
                use.column = column(row, .counter(counter))
            case .sum(let timing):
                use.column = column(row, .sum(timing))
                use.group = groupOf[place]
            case .count(let timing):
                use.column = column(row, .count(timing))
                use.group = groupOf[place]
                use.scale = 1
            case .bucket(let timing, let bound):
                guard let layout = layouts[Layout(row: row, timing: timing)],
                    let index = layout.bounds.firstIndex(of: bound)
                else { continue }
                use.column = layout.columns[index]
                use.group = groupOf[place]
                use.scale = 1
                use.isBucket = true
            }
            uses.append(use)
        }
        return uses
    }

    /// What competes with each other.
    private enum SignalKey: Hashable {
        case gauge(Gauge)
        case counter(Counter)
        case finished
        case accepted
        case responses
        case live(Counter)
        case histogram(Timing)

        init(_ target: SeriesMeaning.Target) {
            switch target {
            case .gauge(let gauge), .gaugePerhapsPercent(let gauge), .constant(let gauge, _):
                self = .gauge(gauge)
            case .counter(.finished): self = .finished
            case .counter(.acceptedAt): self = .accepted
            case .counter(.httpResponses): self = .responses
            case .counter(let counter): self = .counter(counter)
            case .live(let counter): self = .live(counter)
            case .bucket(let timing, _), .sum(let timing), .count(let timing): self = .histogram(timing)
            }
        }
    }
}
