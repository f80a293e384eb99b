package import Measure

/// Turns a server's pages into readings, one after another.
///
/// A page has its series in the same order each time, or nearly so: a line is compared with the one that is
/// expected there, and only what is new is taken apart. Its words are scrubbed once, when they are first seen.
package struct PageReader: Sendable {
    /// More than any server has; no more are kept.
    package static let mostSeries = 20_000
    /// Pages that have so many new ones each, one after another, are taken until they add up to `mostSeries`: whatever
    /// keeps these would be busy with names alone.
    static let manyNew = 1_000
    /// Longer names are passed over, whole: cut, two might be the same.
    static let longestSeries = 4_000

    private static let lookedAhead = 100

    private let source: SourceID
    private let scrubber: Scrubber
    private let mostBytes: Int
    /// As the server wrote them, by place.
    private var written: [[UInt8]] = []
    private var places: [[UInt8]: Int] = [:]
    private var bytes = 0
    private var series: [Shown] = []
    /// Places in the order of the page before.
    private var expected: [Int] = []
    /// How many names were new on the last pages that each had many such.
    private var strange = 0

    /// - Parameter mostBytes: of all names together. Labels that are new each time would fill the memory.
    package init(source: SourceID, scrubber: Scrubber, mostBytes: Int = 2 * PageIntake.mostBytes) {
        self.source = source
        self.scrubber = scrubber
        self.mostBytes = mostBytes
    }

    /// How long it took to get the page, as Prometheus calls it.
    package static let durationName = "scrape_duration_seconds"

    /// - Parameters:
    ///   - slots: llama.cpp's page of them, where there is one.
    ///   - took: how long it took to get the page: a series like any other, so that it is recorded.
    package mutating func read(
        _ page: [UInt8], slots: [UInt8]? = nil, took: Nanoseconds? = nil, at moment: Moment
    ) throws(PageProblem) -> Reading {
        if let problem = PageIntake.problem(of: page) { throw problem }
        if bytes > mostBytes { forget() }
        let known = series.count
        var found = Found(count: known)
        page.withUnsafeBufferPointer { read($0, into: &found) }
        if let slots {
            for (name, value) in SlotsPage(parsing: slots).samples {
                let place = place(of: Array(name.utf8))
                found.set(value, at: place)
            }
        }
        let new = series.count - known
        let strangeBefore = strange
        strange = new > Self.manyNew ? strange + new : 0
        let areTooMany = series.count > Self.mostSeries
        if areTooMany { forget() }
        guard !areTooMany || known > 0 else { throw .tooManySeries(limit: Self.mostSeries) }
        guard strange <= Self.mostSeries else { throw .newSeries }
        if areTooMany {
            // Perhaps only with those that are on it no more.
            strange = strangeBefore
            return try read(page, slots: slots, took: took, at: moment)
        }
        guard !found.order.isEmpty else { throw .noMetrics }
        expected = found.order
        if let took { found.set(took.inSeconds, at: place(of: Array(Self.durationName.utf8))) }
        return Reading(source: source, at: moment, series: series, values: found.values)
    }

    /// What a page has said so far.
    private struct Found {
        var values: [Double?]
        var order: [Int] = []
        private var isSaid: [Bool]

        init(count: Int) {
            values = [Double?](repeating: nil, count: count)
            isSaid = [Bool](repeating: false, count: count)
            order.reserveCapacity(count)
        }

        /// The first of two that are the same counts.
        mutating func set(_ value: Double, at place: Int) {
            while values.count <= place {
                values.append(nil)
                isSaid.append(false)
            }
            guard !isSaid[place] else { return }
            isSaid[place] = true
            order.append(place)
            values[place] = Reading.isKnown(value) ? value : nil
        }
    }

    private mutating func read(_ page: UnsafeBufferPointer<UInt8>, into found: inout Found) {
        var start = 0
        var next = 0
        while start < page.count {
            let end = MetricsLine.endOfLine(page, from: start)
            defer { start = end + 1 }
            if next < expected.count, let number = number(page, start..<end, behind: expected[next]) {
                if let value = MetricsNumber.parse(page[number]) { found.set(value, at: expected[next]) }
                next += 1
                continue
            }
            guard case .sample(let name, let number)? = MetricsLine.sample(page, start..<end),
                name.count <= Self.longestSeries, let value = MetricsNumber.parse(page[number])
            else { continue }
            let place = place(of: Array(page[name]))
            found.set(value, at: place)
            // The order goes on from there, where it is near.
            if let index = expected[next...].prefix(Self.lookedAhead).firstIndex(of: place) {
                next = index + 1
            }
            guard series.count <= Self.mostSeries else { return }
        }
    }

    /// The number of the line, if its series is the one at this place.
    private func number(_ page: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, behind place: Int) -> Range<
        Int
    >? {
        let name = written[place]
        let end = line.lowerBound + name.count
        guard end < line.upperBound, MetricsLine.isBlank(page[end]) else { return nil }
        for (offset, byte) in name.enumerated() where page[line.lowerBound + offset] != byte { return nil }
        return MetricsLine.number(page, behind: end, in: line)
    }

    private mutating func place(of name: [UInt8]) -> Int {
        if let place = places[name] { return place }
        let place = series.count
        places[name] = place
        bytes += name.count
        written.append(name)
        series.append(scrubber.shown(String(decoding: name, as: UTF8.self), limit: Self.longestSeries))
        return place
    }

    private mutating func forget() {
        (written, places, series, expected, bytes) = ([], [:], [], [], 0)
    }
}
