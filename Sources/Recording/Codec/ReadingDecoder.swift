import Measure

/// The bytes of `readings.data` → the values of a `Reading`. Readings must be decoded in the order in which they
/// were encoded: a value is told from the one before.
struct ReadingDecoder {
    /// More than any session reads; each takes memory.
    static let mostSources = 128

    /// Those whose values are known.
    private var sources: [SourceID: [Double?]] = [:]

    /// nil behind damage, until the source has said everything anew: a change that is missing is in all that follow.
    mutating func decode(
        _ data: UnsafeRawBufferPointer, of source: SourceID
    ) throws(BatchDecoder.Malformed) -> [Double?]? {
        guard sources[source] != nil || sources.count < Self.mostSources else {
            throw BatchDecoder.Malformed(reason: "too many sources")
        }
        let former = sources.removeValue(forKey: source)
        let body = try Checksum.body(of: data, layouts: [ReadingEncoder.layout])
        do {
            sources[source] = try Self.read(body, after: former)
        } catch {
            throw BatchDecoder.Malformed(reason: "nonsense at byte \(error.offset)")
        }
        return sources[source]
    }

    /// A reading can't be had at all, nor whose it was.
    mutating func missed() { sources = [:] }

    private static func read(
        _ body: UnsafeRawBufferPointer, after former: [Double?]?
    ) throws(ByteReader.Malformed) -> [Double?]? {
        var reader = ByteReader(body)
        let head = try reader.narrow(Int.self)
        guard var values = head & 1 == 1 ? [] : former else { return nil }
        let count = head >> 1
        guard count <= ReadingEncoder.mostSeries, count >= values.count else {
            throw ByteReader.Malformed(offset: reader.offset)
        }
        values += Array(repeating: nil, count: count - values.count)
        var place = 0
        for _ in 0..<(try reader.count()) {
            let step = try reader.narrow(Int.self)
            guard step < count - place else { throw ByteReader.Malformed(offset: reader.offset) }
            place += step
            try read(at: place, from: &reader, into: &values)
        }
        return values
    }

    private static func read(
        at place: Int, from reader: inout ByteReader, into values: inout [Double?]
    ) throws(ByteReader.Malformed) {
        let head = try reader.varint()
        let what = head >> 2
        switch ReadingEncoder.Way(rawValue: head & 3) {
        case .whole: try add(what, to: &values, place..<place + 1, at: reader.offset)
        case .run:
            let length = try reader.narrow(Int.self)
            guard length <= values.count - place else { throw ByteReader.Malformed(offset: reader.offset) }
            try add(what, to: &values, place..<place + length, at: reader.offset)
        case .bits:
            guard what < 8 else { throw ByteReader.Malformed(offset: reader.offset) }
            let changed = try reader.varint() << (8 * what)
            values[place] = Double(bitPattern: (values[place] ?? 0).bitPattern ^ changed)
        case .gone, nil: values[place] = nil
        }
    }

    private static func add(
        _ zigzag: UInt64, to values: inout [Double?], _ places: Range<Int>, at offset: Int
    ) throws(ByteReader.Malformed) {
        let change = Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
        for place in places {
            guard let before = ReadingEncoder.whole(values[place] ?? 0) else {
                throw ByteReader.Malformed(offset: offset)
            }
            values[place] = Double(before + change)
        }
    }
}
