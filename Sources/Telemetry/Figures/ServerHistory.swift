package import Measure

/// A server over time, by the readings of its page: everything that is shown of it follows from this.
///
/// What servers count is counted on here from one reading to the next, so that a restart, a balancer or a broken
/// page makes no spike, and any two points can be held against each other. A value: live and in replay it is the
/// same.
package struct ServerHistory: Sendable {
    /// Ties moments to the calendar, by which servers say when they began.
    private let anchor: WallAnchor
    private(set) var columns = PageColumns()
    private(set) var points = FallingHistory<Point>()
    package private(set) var first: Point?
    private(set) var previous: Point?
    package private(set) var last: Point?
    package private(set) var lastRestart: Moment?
    private var isGone = false
    /// How often it is to be read, and the last two gaps between readings.
    private let interval: Nanoseconds
    private var gaps: (older: Nanoseconds, newer: Nanoseconds)?

    /// By column.
    private var totals: [Double] = []
    /// By the series' place.
    private var values: [Double?] = []
    /// The same, of the reading before alone: whether it was said.
    private var wasSaid: [Bool] = []
    /// By column: what is under way and not counted yet, and what was counted too often (for one reading).
    private var live: [Int: (now: Double, debt: Double)] = [:]
    /// By metric: whether any of its series was said.
    private var metricsBefore: [Bool] = []
    private var largest: [Int: Double] = [:]
    private var startedAt: Double?
    private var startPlace: Int?

    /// Without a reading for so long, and for several times the usual interval, a server counts as gone.
    package static let patience = 5 * Nanoseconds.second

    /// - Parameter interval: how often it is to be read, where that is known.
    package init(anchor: WallAnchor, interval: Nanoseconds = 0) {
        self.anchor = anchor
        self.interval = interval
    }

    /// - Parameter reading: later than those before.
    /// - Returns: what must have happened since.
    package mutating func take(_ reading: Reading) -> [ServerEvent] {
        if columns.areTooMany { beginAnew() }
        var events: [ServerEvent] = []
        var wasAway = false
        if let last {
            let gap = reading.at - last.at
            wasAway = isGone || isTooLong(gap)
            if wasAway { events.append(.back(after: gap)) }
            gaps = (gaps?.newer ?? gap, gap)
        }
        isGone = false
        let rows = columns.rows.count
        let fit = columns.fit(reading)
        if fit.haveBucketsChanged { events.append(.bucketsChanged) }
        if let places = fit.formerPlaces { move(from: places) }
        let change = change(to: reading)
        if let event = change.event { events.append(event) }
        if change.event == .restarted { lastRestart = reading.at }
        count(reading, change, formerRows: rows, haveBucketsChanged: fit.haveBucketsChanged)
        let gauges = gauges(reading)
        integrate(gauges, at: reading.at, wasAway: wasAway)
        var said = [Double](repeating: .nan, count: totals.count)
        for column in columns.reckoned { said[column] = totals[column] }
        for column in columns.silent { said[column] = totals[column] }
        for use in columns.uses where use.part == .counter && reading.values[use.place] != nil {
            said[use.column] = totals[use.column]
        }
        let point = Point(at: reading.at, totals: said, gauges: gauges, peaks: gauges)
        previous = last
        last = point
        if first == nil { first = point }
        points.append(point)
        return events
    }

    /// Series are in other places than before: what is known of them goes with them.
    private mutating func move(from places: [Int?]) {
        let former = (values, largest)
        values = places.map { place in
            place.flatMap { former.0.indices.contains($0) ? former.0[$0] : nil }
        }
        largest = [:]
        metricsBefore = [Bool](repeating: false, count: columns.metricCount)
        for (place, before) in places.enumerated() {
            largest[place] = before.flatMap { former.1[$0] }
            if values[place] != nil, columns.metricOf[place] >= 0 {
                metricsBefore[columns.metricOf[place]] = true
            }
        }
        wasSaid = places.map { place in
            place.map { wasSaid.indices.contains($0) && wasSaid[$0] } ?? false
        }
        startPlace = nil
    }

    /// A page that never stays the same has no past.
    private mutating func beginAnew() {
        let restart = lastRestart
        self = ServerHistory(anchor: anchor, interval: interval)
        lastRestart = restart
    }

    /// Time goes on without a reading.
    package mutating func pass(to now: Moment) -> [ServerEvent] {
        guard let last, !isGone, isTooLong(now - last.at) else { return [] }
        isGone = true
        return [.gone]
    }

    /// By the readings that it has had, `gone` since the last one.
    package func isGone(at now: Moment) -> Bool { last.map { isTooLong(now - $0.at) } ?? false }

    /// Up to when the next reading must come lest it counts as gone; nil before the first.
    package var expected: Moment? { last.map { $0.at + longestGap } }

    private func isTooLong(_ gap: Nanoseconds) -> Bool { gap > longestGap }

    /// One long gap of the last two is an exception, two are how this server is read.
    private var longestGap: Nanoseconds {
        max(Self.patience, 3 * max(interval, gaps.map { min($0.older, $0.newer) } ?? 0))
    }

    // MARK: Counting on

    private enum Change {
        case none
        /// Nothing to compare with.
        case first
        case restarted
        /// So it says, and all that it counted goes on.
        case restartedInWords
        case otherReplica
        case someFell

        var event: ServerEvent? {
            switch self {
            case .none, .first: nil
            case .restarted, .restartedInWords: .restarted
            case .otherReplica: .otherReplica
            case .someFell: .countersFell
            }
        }
    }

    private mutating func change(to reading: Reading) -> Change {
        let start = start(in: reading)
        defer { startedAt = start ?? startedAt }
        guard let last else { return .first }
        var (fell, grew) = (0, 0)
        for (place, before) in values.enumerated().prefix(min(reading.values.count, reading.series.count)) {
            guard let before, let now = reading.values[place], columns.grows[place] else { continue }
            if now < before { fell += 1 }
            if now > before { grew += 1 }
        }
        let readBefore = Double(anchor.unixNanoseconds(at: last.at)) / 1e9
        if ServerLife.isNewborn(
            startedAt: start, before: startedAt, readBefore: readBefore, fell: fell, grew: grew)
        {
            return fell > 0 ? .restarted : .restartedInWords
        }
        if let start, let startedAt, abs(start - startedAt) > 1 { return .otherReplica }
        return fell > 0 ? .someFell : .none
    }

    private mutating func start(in reading: Reading) -> Double? {
        if startPlace == nil {
            startPlace = reading.series.firstIndex { $0.text == "process_start_time_seconds" }
        }
        guard let startPlace, startPlace < reading.values.count else { return nil }
        return reading.values[startPlace]
    }

    private mutating func count(
        _ reading: Reading, _ change: Change, formerRows: Int, haveBucketsChanged: Bool
    ) {
        totals += [Double](repeating: 0, count: columns.count - totals.count)
        let fallen = fallenGroups(reading)
        let cut = cutMetrics(reading)
        var liveNow: [Int: Double] = [:]
        var grown: [Int: Double] = [:]
        for use in columns.uses {
            guard let now = reading.values[use.place] else { continue }
            switch use.part {
            case .gauge, .constant: continue
            case .live:
                liveNow[use.column, default: 0] += now * use.scale
                continue
            case .counter: break
            }
            let isSkipped = haveBucketsChanged && use.isBucket && change != .restarted
            let isKnown = use.row < formerRows && !cut.contains(columns.metricOf[use.place])
            let growth =
                isSkipped
                ? 0
                : growth(
                    of: use.place, to: now, change, hasFallen: fallen.contains(use.group), isKnown: isKnown)
            totals[use.column] += growth * use.scale
            if live[use.column] != nil { grown[use.column, default: 0] += growth * use.scale }
        }
        takeLive(liveNow, grown)
        wasSaid = reading.values.map { $0 != nil }
        // What another process doesn't say is not what the one before it said.
        if change == .restarted || change == .otherReplica { values = [] }
        metricsBefore = [Bool](repeating: false, count: columns.metricCount)
        values += [Double?](repeating: nil, count: reading.values.count - values.count)
        for (place, value) in reading.values.enumerated() {
            guard let value, place < columns.metricOf.count, columns.metricOf[place] >= 0 else { continue }
            values[place] = value
            metricsBefore[columns.metricOf[place]] = true
        }
    }

    /// - Parameter isKnown: had there been something to count before, it would have been said.
    private func growth(
        of place: Int, to now: Double, _ change: Change, hasFallen: Bool, isKnown: Bool
    ) -> Double {
        switch change {
        case .first, .otherReplica: return 0
        case .restarted: return now
        case .none, .someFell, .restartedInWords:
            guard place < values.count, let before = values[place] else {
                // A label's value that has just come up was at 0; a metric that was not there wasn't known.
                let metric = columns.metricOf[place]
                return isKnown && metric < metricsBefore.count && metricsBefore[metric] ? now : 0
            }
            return now < before || hasFallen ? 0 : now - before
        }
    }

    /// Metrics of which some series is not said any more: whatever comes up there may be the same under another label.
    private func cutMetrics(_ reading: Reading) -> Set<Int> {
        var cut: Set<Int> = []
        for (place, wasSaid) in wasSaid.enumerated().prefix(columns.metricOf.count)
        where wasSaid && (place >= reading.values.count || reading.values[place] == nil) {
            cut.insert(columns.metricOf[place])
        }
        return cut
    }

    /// A histogram any part of which fell begins anew as a whole.
    private func fallenGroups(_ reading: Reading) -> Set<Int> {
        var fallen: Set<Int> = []
        for use in columns.uses where use.group >= 0 && use.place < values.count {
            guard let before = values[use.place], let now = reading.values[use.place] else { continue }
            if now < before { fallen.insert(use.group) }
        }
        return fallen
    }

    /// Tokens of requests under way are counted as they come; at a request's end its counter takes them over. The two
    /// are on two pages: what is counted twice, or not at all, between them is put right with the next reading, and
    /// forgotten after that (whose request was given up is never taken over).
    private mutating func takeLive(_ now: [Int: Double], _ grown: [Int: Double]) {
        for column in Set(now.keys).union(live.keys) {
            let count = now[column] ?? 0
            guard let before = live[column] else {
                live[column] = (count, 0)
                continue
            }
            let change = grown[column, default: 0] + count - before.now + before.debt
            totals[column] += max(0, change) - grown[column, default: 0]
            live[column] = (count, before.debt < 0 ? 0 : min(0, change))
        }
    }

    // MARK: Gauges

    private mutating func gauges(_ reading: Reading) -> [Double] {
        let width = Gauge.allCases.count
        var gauges = [Double](repeating: .nan, count: columns.rows.count * width)
        for use in columns.uses {
            // None of them goes below 0: with that a server says that it doesn't know.
            guard let said = reading.values[use.place], said >= 0 else { continue }
            let gauge: Gauge
            var value = said * use.scale
            switch use.part {
            case .gauge(let which):
                gauge = which
                if use.perhapsPercent {
                    largest[use.place] = max(largest[use.place] ?? 0, said)
                    if largest[use.place] ?? 0 > 1.5 { value /= 100 }
                }
            case .constant(let which, let constant): (gauge, value) = (which, constant)
            case .counter, .live: continue
            }
            let index = use.row * width + gauge.rawValue
            if gauges[index].isNaN {
                gauges[index] = value
            } else {
                gauges[index] = gauge.addsUp ? gauges[index] + value : max(gauges[index], value)
            }
        }
        return gauges
    }

    /// - Parameter wasAway: what was so in between, nobody knows.
    private mutating func integrate(_ gauges: [Double], at moment: Moment, wasAway: Bool) {
        let width = Gauge.allCases.count
        for (index, value) in gauges.enumerated() where !value.isNaN {
            guard let gauge = Gauge(rawValue: index % width) else { continue }
            let integral = columns.column(index / width, .integral(gauge))
            let known = columns.column(index / width, .known(gauge))
            totals += [Double](repeating: 0, count: columns.count - totals.count)
            guard let last, !wasAway, index < last.gauges.count, !last.gauges[index].isNaN else { continue }
            let time = Double(moment - last.at)
            totals[integral] += (value + last.gauges[index]) / 2 * time
            totals[known] += time
        }
        if let steps = gauges.isEmpty ? nil : busySteps(gauges) { totals[steps.column] = steps.value }
    }

    /// A mean over the server's whole life, times the steps of that life.
    private mutating func busySteps(_ gauges: [Double]) -> (column: Int, value: Double)? {
        let mean = gauges[Gauge.meanBusySlots.rawValue]
        guard !mean.isNaN,
            let use = columns.uses.first(where: {
                $0.column == columns.known(0, .counter(.decodeSteps))
            }),
            let steps = values[use.place]
        else { return nil }
        let column = columns.column(0, .counter(.busySlotSteps))
        totals += [Double](repeating: 0, count: columns.count - totals.count)
        return (column, mean * steps)
    }
}
