import Measure

/// `SampleBatch` → the bytes of `batches.data`; the finished requests are rows of their own.
///
/// ```
/// byte     4, this layout's number
/// 4 bytes  checksum of all that follows, little-endian
/// varint   loop
/// zigzag   upTo
/// varint   number of arrivals
///          zigzag   upTo − the first arrival's time                    (if there are any)
///          each:    varint  time since the arrival before, ns          (0 for the first)
///                   varint  zigzag(request − the arrival before's) << 1 | extended
///                   if extended: byte of flags, then in this order
///                       1 first of its request: varint endpoint
///                       2 varint tokens                                (else 1 token)
///                       4 varint endpoint, zigzag gap                  (else: since the request's last)
/// varint   number of timer lags, zigzag each; the same for read lags, and for their changes
/// varint   number of activities; each: varint endpoint, zigzag users, in flight, waiting
///          then byte: 1 if the users' times are known: zigzag out, connecting, waiting
/// byte     1 if vitals are known: zigzag thread's CPU time, suspended
///          2 if there was a standstill, too: zigzag upTo − from, upTo − to, the process's CPU time
/// ```
/// Users' times and vitals are sums; what is written is how much they have grown since that loop's last batch that
/// had them. Layout 2 has no changes of read lags; layout 1, of format 1, ends behind the activities and has no times in them.
///
/// A token costs three bytes of time at 100 to 15,000 tokens/s and one or two for the request.
struct BatchEncoder {
    static let layout: UInt8 = 4

    struct Extension {
        static let first: UInt8 = 1
        static let tokens: UInt8 = 2
        static let explicit: UInt8 = 4
    }

    /// Once arrivals were lost, a reader can't derive the gap after the hole any more: from then on, the
    /// requests whose arrivals are known to be whole; nil while nothing was lost.
    private var whole: Set<UInt32>?
    private var sums = LoopSums()

    /// Arrivals that should have come before the next batch are missing.
    mutating func skipped() { whole = [] }

    mutating func encode(_ batch: SampleBatch) -> [UInt8] {
        let capacity =
            Checksum.headerLength + 16 * ByteWriter.longest + batch.arrivals.count * 41
            + (batch.timerLags.count + batch.readLags.count + batch.readLagChanges.count
                + 8 * batch.activity.count) * ByteWriter.longest
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            var writer = ByteWriter(start + Checksum.headerLength)
            writer.varint(UInt64(batch.loop))
            writer.zigzag(batch.upTo.nanoseconds)
            encode(batch.arrivals, upTo: batch.upTo.nanoseconds, into: &writer)
            for lags in [batch.timerLags, batch.readLags, batch.readLagChanges] {
                writer.varint(UInt64(lags.count))
                for lag in lags { writer.zigzag(lag) }
            }
            writer.varint(UInt64(batch.activity.count))
            for activity in batch.activity {
                writer.varint(UInt64(activity.endpoint.index))
                writer.zigzag(Int64(activity.users))
                writer.zigzag(Int64(activity.inFlight))
                writer.zigzag(Int64(activity.waiting))
                encode(activity.times, of: activity.endpoint, loop: batch.loop, into: &writer)
            }
            encode(batch.vitals, of: batch, into: &writer)
            Checksum.seal(start, count: writer.count, layout: Self.layout)
            count = Checksum.headerLength + writer.count
        }
        if whole != nil {
            for request in batch.requests { whole?.remove(request.number) }
        }
        return bytes
    }

    private mutating func encode(
        _ times: UserTimes?, of endpoint: EndpointID, loop: UInt16, into writer: inout ByteWriter
    ) {
        guard let times else { return writer.byte(0) }
        writer.byte(1)
        let grown = sums.growth(to: times, of: endpoint, loop: loop)
        for time in [grown.out, grown.connecting, grown.waiting] { writer.zigzag(time) }
    }

    private mutating func encode(
        _ vitals: LoopVitals?, of batch: SampleBatch, into writer: inout ByteWriter
    ) {
        guard let vitals else { return writer.byte(0) }
        writer.byte(vitals.standstill == nil ? 1 : 2)
        let grown = sums.growth(to: vitals, loop: batch.loop)
        writer.zigzag(grown.threadCPU)
        writer.zigzag(grown.suspended)
        guard let standstill = vitals.standstill else { return }
        writer.zigzag(batch.upTo.nanoseconds &- standstill.from.nanoseconds)
        writer.zigzag(batch.upTo.nanoseconds &- standstill.to.nanoseconds)
        writer.zigzag(standstill.processCPU)
    }

    private mutating func encode(_ arrivals: [TokenArrival], upTo: Int64, into writer: inout ByteWriter) {
        writer.varint(UInt64(arrivals.count))
        guard let first = arrivals.first else { return }
        var time = first.at.nanoseconds
        var request: UInt32 = 0
        writer.zigzag(upTo &- time)
        for arrival in arrivals {
            writer.varint(UInt64(bitPattern: arrival.at.nanoseconds &- time))
            let step = Int32(bitPattern: arrival.request &- request)
            let zigzag = UInt64(UInt32(bitPattern: (step << 1) ^ (step >> 31)))
            time = arrival.at.nanoseconds
            request = arrival.request
            let flags = flags(of: arrival)
            guard flags != 0 else {
                writer.varint(zigzag << 1)
                continue
            }
            writer.varint(zigzag << 1 | 1)
            writer.byte(flags)
            if flags & Extension.first != 0 { writer.varint(UInt64(arrival.endpoint.index)) }
            if flags & Extension.tokens != 0 { writer.varint(UInt64(arrival.tokens)) }
            if flags & Extension.explicit != 0 {
                writer.varint(UInt64(arrival.endpoint.index))
                writer.zigzag(arrival.gap)
            }
        }
    }

    @inline(__always)
    private mutating func flags(of arrival: TokenArrival) -> UInt8 {
        var flags = arrival.tokens == 1 ? 0 : Extension.tokens
        if arrival.isFirst { flags |= Extension.first }
        if whole != nil, whole?.insert(arrival.request).inserted == true, !arrival.isFirst {
            flags |= Extension.explicit
        }
        return flags
    }
}
