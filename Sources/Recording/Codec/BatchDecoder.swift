import Measure

/// The bytes of `batches.data` → `SampleBatch`, without its requests. Batches must be decoded in the order
/// in which they were encoded: a gap is told from the request's arrival before.
struct BatchDecoder {
    private struct Last {
        var at: Int64
        var endpoint: EndpointID
    }

    /// The last arrival of each request that has not finished.
    private var last: [UInt32: Last] = [:]

    /// What is wrong with a blob.
    struct Malformed: Error {
        var reason: String
    }

    mutating func decode(_ data: UnsafeRawBufferPointer) throws(Malformed) -> SampleBatch {
        do {
            return try decodeSound(data)
        } catch {
            // Gaps over the hole would be wrong: what was in flight is left out instead.
            last.removeAll()
            throw error
        }
    }

    /// Their arrivals have all been read.
    mutating func finished(_ requests: [RequestRecord]) {
        for request in requests { last[request.number] = nil }
    }

    private mutating func decodeSound(_ data: UnsafeRawBufferPointer) throws(Malformed) -> SampleBatch {
        guard data.count > BatchEncoder.headerLength else { throw Malformed(reason: "too short") }
        guard data[0] == BatchEncoder.layout else { throw Malformed(reason: "unknown layout \(data[0])") }
        let body = UnsafeRawBufferPointer(rebasing: data[BatchEncoder.headerLength...])
        let sum = (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[1 + $1]) << UInt32(8 * $1) }
        guard sum == Checksum.of(body) else { throw Malformed(reason: "the checksum is wrong") }
        do {
            return try decodeBody(body)
        } catch {
            throw Malformed(reason: "nonsense at byte \(error.offset)")
        }
    }

    private mutating func decodeBody(_ body: UnsafeRawBufferPointer) throws(ByteReader.Malformed)
        -> SampleBatch
    {
        var reader = ByteReader(body)
        let loop = try reader.narrow(UInt16.self)
        let upTo = try reader.moment()
        var batch = SampleBatch(loop: loop, upTo: upTo)
        batch.arrivals = try decodeArrivals(upTo: upTo.nanoseconds, from: &reader)
        batch.timerLags = try reader.durations()
        batch.readLags = try reader.durations()
        for _ in 0..<(try reader.count()) {
            batch.activity.append(
                LoopActivity(
                    endpoint: EndpointID(Int(try reader.narrow(UInt16.self))), users: try reader.amount(),
                    inFlight: try reader.amount(), waiting: try reader.amount()))
        }
        return batch
    }

    private mutating func decodeArrivals(
        upTo: Int64, from reader: inout ByteReader
    ) throws(ByteReader.Malformed) -> [TokenArrival] {
        let count = try reader.count()
        guard count > 0 else { return [] }
        var arrivals: [TokenArrival] = []
        arrivals.reserveCapacity(count)
        var time = upTo &- (try reader.zigzag())
        var request: UInt32 = 0
        for _ in 0..<count {
            time = time &+ Int64(bitPattern: try reader.varint())
            guard Plausible.time(time) else { throw ByteReader.Malformed(offset: reader.offset) }
            let head = try reader.varint()
            let flags = head & 1 == 0 ? 0 : try reader.byte()
            guard let zigzag = UInt32(exactly: head >> 1) else {
                throw ByteReader.Malformed(offset: reader.offset)
            }
            request = request &+ ((zigzag >> 1) ^ (0 &- (zigzag & 1)))

            var known = last[request]
            var gap = known.map { time - $0.at }
            if flags & BatchEncoder.Extension.first != 0 {
                known = Last(at: time, endpoint: EndpointID(Int(try reader.narrow(UInt16.self))))
                gap = -1
            }
            let tokens =
                flags & BatchEncoder.Extension.tokens == 0 ? 1 : try reader.narrow(UInt16.self)
            if flags & BatchEncoder.Extension.explicit != 0 {
                known = Last(at: time, endpoint: EndpointID(Int(try reader.narrow(UInt16.self))))
                gap = try reader.duration()
            }
            guard let known, let gap else { continue }
            last[request] = Last(at: time, endpoint: known.endpoint)
            arrivals.append(
                TokenArrival(
                    at: Moment(nanoseconds: time), gap: gap, request: request, endpoint: known.endpoint,
                    tokens: tokens))
        }
        return arrivals
    }
}

extension ByteReader {
    fileprivate mutating func duration() throws(Malformed) -> Int64 {
        let value = try zigzag()
        guard Plausible.time(value) else { throw Malformed(offset: offset) }
        return value
    }

    fileprivate mutating func moment() throws(Malformed) -> Moment { Moment(nanoseconds: try duration()) }

    fileprivate mutating func amount() throws(Malformed) -> Int {
        guard let value = Int(exactly: try zigzag()), Plausible.amount(value) else {
            throw Malformed(offset: offset)
        }
        return value
    }

    fileprivate mutating func durations() throws(Malformed) -> [Nanoseconds] {
        let count = try count()
        var values: [Nanoseconds] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try duration()) }
        return values
    }
}
