import Measure

/// `Reading` → the bytes of `readings.data`: what changed since the source's reading before.
///
/// ```
/// byte     1, this layout's number
/// 4 bytes  checksum of all that follows, little-endian
/// varint   (number of the source's series so far) << 1 | anew; their names are rows of `series`, by number from 0
/// varint   number of runs that changed; each:
///          varint  series that stayed as they were, or were in the run before, since the run before's first
///          varint  way | what << 2
///                  way 0: one series, what: zigzag of the change of a whole number
///                  way 1: several series, what: as 0, for each of them;   varint how many
///                  way 2: one series, what: number of zero bytes at the end;
///                         varint the bits of the value ^ those of the value before, without those bytes
///                  way 3: one series isn't said any more
/// ```
/// Anew: as if nothing had been said before, so that damage has an end and a reader can begin in the middle. A series
/// that wasn't said counts as 0. The buckets of a histogram grow together: that is what runs are for.
struct ReadingEncoder {
    static let layout: UInt8 = 1

    enum Way: UInt64 {
        case whole
        case run
        case bits
        case gone
    }

    private var sources: [SourceID: Known] = [:]

    private struct Known {
        /// All that were ever named, by number.
        var named: [Shown] = []
        /// Those of the reading before, and their numbers; nil for those for which there was no room.
        var series: [Shown] = []
        var numbers: [Int?] = []
        var values: [Double?] = []
        var sinceAnew = 0

        /// A name once written stays true: whoever begins another list finds his names again, and has the new ones
        /// behind all others.
        mutating func number(_ series: [Shown]) {
            if series.starts(with: self.series) {
                for name in series.dropFirst(numbers.count) { add(name) }
            } else {
                numbers = []
                var known = Dictionary(
                    named.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
                for name in series {
                    if let number = known.removeValue(forKey: name) {
                        numbers.append(number)
                    } else {
                        add(name)
                    }
                }
            }
            self.series = series
        }

        private mutating func add(_ name: Shown) {
            guard named.count < ReadingEncoder.mostSeries else { return numbers.append(nil) }
            numbers.append(named.count)
            named.append(name)
        }
    }

    /// Every ten minutes, where there is a reading a second.
    static let mostSinceAnew = 600
    /// More than any page has: each takes memory.
    static let mostSeries = 20_000

    struct Encoded {
        var data: [UInt8]
        /// Names that are to be written with it, the first with this number.
        var firstNew: Int
        var new: ArraySlice<Shown>
    }

    mutating func encode(_ reading: Reading) -> Encoded {
        var known = sources[reading.source] ?? Known()
        let before = known.named.count
        known.number(reading.series)
        var values = [Double?](repeating: nil, count: known.named.count)
        for (number, value) in zip(known.numbers, reading.values) {
            if let number { values[number] = value }
        }
        let isAnew = known.sinceAnew == 0
        known.sinceAnew = (known.sinceAnew + 1) % Self.mostSinceAnew
        let former = isAnew ? [] : known.values
        known.values = values
        sources[reading.source] = known
        return Encoded(
            data: Self.bytes(values, since: former, isAnew: isAnew), firstNew: before,
            new: known.named[before...])
    }

    private static func bytes(_ values: [Double?], since former: [Double?], isAnew: Bool) -> [UInt8] {
        let runs = Self.runs(values, since: former)
        let capacity = Checksum.headerLength + (2 + 3 * runs.count) * ByteWriter.longest
        return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            var writer = ByteWriter(start + Checksum.headerLength)
            writer.varint(UInt64(values.count) << 1 | (isAnew ? 1 : 0))
            writer.varint(UInt64(runs.count))
            var place = 0
            for run in runs {
                writer.varint(UInt64(run.first - place))
                writer.varint(run.what << 2 | run.way.rawValue)
                if run.way == .run { writer.varint(UInt64(run.length)) }
                if run.way == .bits { writer.varint(run.bits) }
                place = run.first
            }
            Checksum.seal(start, count: writer.count, layout: layout)
            count = Checksum.headerLength + writer.count
        }
    }

    private struct Run {
        var first: Int
        var length = 1
        var way: Way
        var what: UInt64 = 0
        var bits: UInt64 = 0
    }

    private static func runs(_ values: [Double?], since former: [Double?]) -> [Run] {
        var runs: [Run] = []
        for index in values.indices {
            let before = index < former.count ? former[index] : nil
            guard values[index]?.bitPattern != before?.bitPattern else { continue }
            let run = run(at: index, values[index], since: before)
            if let last = runs.last, last.way == .whole || last.way == .run, run.way == .whole,
                last.what == run.what, last.first + last.length == index
            {
                runs[runs.count - 1].way = .run
                runs[runs.count - 1].length += 1
            } else {
                runs.append(run)
            }
        }
        return runs
    }

    private static func run(at index: Int, _ value: Double?, since before: Double?) -> Run {
        guard let value else { return Run(first: index, way: .gone) }
        if let now = whole(value), let then = whole(before ?? 0) {
            let change = now - then
            return Run(
                first: index, way: .whole, what: UInt64(bitPattern: (change << 1) ^ (change >> 63)))
        }
        let changed = value.bitPattern ^ (before ?? 0).bitPattern
        let zeros = changed == 0 ? 0 : changed.trailingZeroBitCount / 8
        return Run(first: index, way: .bits, what: UInt64(zeros), bits: changed >> UInt64(8 * zeros))
    }

    /// Whole numbers below 2^52, whose differences, too, are exact and fit; not −0, which is another than 0.
    static func whole(_ value: Double) -> Int64? {
        guard abs(value) < 0x1p52, !(value == 0 && value.sign == .minus) else { return nil }
        return Int64(exactly: value)
    }
}
