import Measure
import Testing

@testable import Recording

@Suite struct BatchCodecTests {
    private func decode(_ bytes: [UInt8], with decoder: inout BatchDecoder) throws -> SampleBatch {
        let result: Result<SampleBatch, BatchDecoder.Malformed> = bytes.withUnsafeBytes { raw in
            do throws(BatchDecoder.Malformed) { return .success(try decoder.decode(raw)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func whatIsEncodedIsDecoded(seed: UInt64) throws {
        var encoder = BatchEncoder()
        var decoder = BatchDecoder()
        for batch in Sample.batches(50, seed: seed) {
            var decoded = try decode(encoder.encode(batch), with: &decoder)
            #expect(decoded.requests.isEmpty)
            decoded.requests = batch.requests
            decoder.finished(batch.requests)
            #expect(decoded == batch)
        }
    }

    @Test func emptyBatch() throws {
        var encoder = BatchEncoder()
        var decoder = BatchDecoder()
        let batch = SampleBatch(loop: .max, upTo: Moment(nanoseconds: -3))
        #expect(try decode(encoder.encode(batch), with: &decoder) == batch)
    }

    /// A sound checksum over nonsense: what a made-up file has.
    @Test func nonsenseBehindASoundChecksumIsRefused() throws {
        var random = SplitMix64(seed: 7)
        for round in 0..<20_000 {
            var body = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if round % 2 == 0 { body = body.map { $0 & 0x87 } }
            let sum = body.withUnsafeBytes { Checksum.of($0) }
            let bytes =
                [BatchEncoder.layout] + (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(8 * $0)) }
                + body
            var decoder = BatchDecoder()
            if let batch = try? decode(bytes, with: &decoder) { #expect(batch.arrivals.count <= body.count) }
        }
    }

    @Test func aFlippedBitOrACutIsNoticed() throws {
        var encoder = BatchEncoder()
        let batch = try #require(Sample.batches(20, seed: 3).first { $0.arrivals.count > 5 })
        let bytes = encoder.encode(batch)
        for index in bytes.indices {
            var decoder = BatchDecoder()
            var damaged = bytes
            damaged[index] ^= 1 << UInt8(index % 8)
            #expect(throws: BatchDecoder.Malformed.self) { try decode(damaged, with: &decoder) }
            #expect(throws: BatchDecoder.Malformed.self) {
                try decode(Array(bytes[..<index]), with: &decoder)
            }
        }
    }

    @Test(arguments: [16, 64, 256])
    func atMostFiveBytesAToken(streams: Int) {
        var random = SplitMix64(seed: 11)
        var arrivals: [TokenArrival] = []
        // Ten milliseconds between a stream's tokens, the streams at odds with each other.
        for tick in 0..<10 {
            for stream in 0..<streams {
                let time =
                    Sample.start + Int64(tick) * 10_000_000 + Int64.random(in: 0..<10_000_000, using: &random)
                arrivals.append(
                    TokenArrival(
                        at: Moment(nanoseconds: time), gap: 1, request: 40_000 + UInt32(stream),
                        endpoint: EndpointID(0), tokens: 1))
            }
        }
        arrivals.sort { $0.at < $1.at }
        var encoder = BatchEncoder()
        let bytes = encoder.encode(SampleBatch(loop: 0, upTo: Sample.at(100), arrivals: arrivals))
        #expect(Double(bytes.count) / Double(arrivals.count) < 5.1)
    }

    @Test func extremesDoNotTrap() {
        var encoder = BatchEncoder()
        let ends: [Int64] = [.min, .max, 0]
        for first in ends {
            for second in ends {
                let arrivals = [first, second].map {
                    TokenArrival(
                        at: Moment(nanoseconds: $0), gap: $0, request: $0 == 0 ? 0 : .max,
                        endpoint: EndpointID(.max), tokens: .max)
                }
                let batch = SampleBatch(
                    loop: .max, upTo: Moment(nanoseconds: second), arrivals: arrivals, timerLags: ends,
                    activity: [LoopActivity(endpoint: EndpointID(1), users: .min, inFlight: .max, waiting: 0)]
                )
                encoder.skipped()
                let bytes = encoder.encode(batch)
                var decoder = BatchDecoder()
                #expect(throws: BatchDecoder.Malformed.self) { try decode(bytes, with: &decoder) }
            }
        }
    }

    /// After a hole, a running request's next arrival brings its own gap and endpoint.
    @Test func holesDoNotShiftGaps() throws {
        var encoder = BatchEncoder()
        var decoder = BatchDecoder()
        let arrivals = (0..<4).map {
            TokenArrival(
                at: Sample.at(Int64($0) * 10), gap: $0 == 0 ? -1 : 10_000_000, request: 9,
                endpoint: EndpointID(4), tokens: 1)
        }
        _ = try decode(
            encoder.encode(SampleBatch(loop: 0, upTo: Sample.at(1), arrivals: [arrivals[0]])), with: &decoder)
        // arrivals[1] is lost.
        encoder.skipped()
        let after = SampleBatch(loop: 0, upTo: Sample.at(40), arrivals: Array(arrivals[2...]))
        #expect(try decode(encoder.encode(after), with: &decoder) == after)
    }
}
