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
    private var sums = LoopSums()

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
        let body = try Checksum.body(of: data, layouts: [1, 2, BatchEncoder.layout])
        do {
            return try decodeBody(body, layout: data[0])
        } catch {
            throw Malformed(reason: "nonsense at byte \(error.offset)")
        }
    }

    private mutating func decodeBody(
        _ body: UnsafeRawBufferPointer, layout: UInt8
    ) throws(ByteReader.Malformed) -> SampleBatch {
        var reader = ByteReader(body)
        let loop = try reader.narrow(UInt16.self)
        let upTo = try reader.moment()
        var batch = SampleBatch(loop: loop, upTo: upTo)
        batch.arrivals = try decodeArrivals(upTo: upTo.nanoseconds, from: &reader)
        batch.timerLags = try reader.durations()
        batch.readLags = try reader.durations()
        if layout > 2 { batch.readLagChanges = try reader.durations() }
        for _ in 0..<(try reader.count()) {
            var activity = LoopActivity(
                endpoint: EndpointID(Int(try reader.narrow(UInt16.self))), users: try reader.amount(),
                inFlight: try reader.amount(), waiting: try reader.amount())
            if layout >= 2, try reader.byte() != 0 {
                let grown = UserTimes(
                    out: try reader.zigzag(), connecting: try reader.zigzag(), waiting: try reader.zigzag())
                activity.times = sums.sum(of: grown, of: activity.endpoint, loop: loop)
            }
            batch.activity.append(activity)
        }
        if layout >= 2 { batch.vitals = try decodeVitals(of: batch, from: &reader) }
        return batch
    }

    private mutating func decodeVitals(
        of batch: SampleBatch, from reader: inout ByteReader
    ) throws(ByteReader.Malformed) -> LoopVitals? {
        let kind = try reader.byte()
        guard kind != 0 else { return nil }
        let grown = LoopVitals(threadCPU: try reader.zigzag(), suspended: try reader.zigzag())
        var vitals = sums.sum(of: grown, loop: batch.loop)
        guard Plausible.time(vitals.threadCPU), Plausible.time(vitals.suspended) else {
            throw ByteReader.Malformed(offset: reader.offset)
        }
        if kind == 2 {
            vitals.standstill = Standstill(
                from: batch.upTo - (try reader.duration()), to: batch.upTo - (try reader.duration()),
                processCPU: try reader.duration())
        }
        return vitals
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
