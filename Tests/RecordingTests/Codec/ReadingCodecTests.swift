import Measure
import Testing

@testable import Recording

@Suite struct ReadingCodecTests {
    private let source = SourceID(3)

    private func reading(_ values: [Double?], names: [String]? = nil, at second: Int64 = 0) -> Reading {
        Reading(
            source: source, at: Sample.at(1_000 * second),
            series: (names ?? values.indices.map { "s\($0)" }).map { Shown(own: $0) }, values: values)
    }

    private func decode(_ bytes: [UInt8], with decoder: inout ReadingDecoder) throws -> [Double?]? {
        let result: Result<[Double?]?, BatchDecoder.Malformed> = bytes.withUnsafeBytes { raw in
            do throws(BatchDecoder.Malformed) { return .success(try decoder.decode(raw, of: source)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func bits(_ values: [Double?]?) -> [UInt64?]? { values?.map { $0?.bitPattern } }

    private static let odd: [Double?] = [
        nil, 0, -0.0, 1, -1, 0.1, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, 0x1p52, -0x1p52,
        0x1p52 - 1, 1 - 0x1p52, .greatestFiniteMagnitude, 1e15, 3.5,
    ]

    @Test func everyValueAfterEveryOther() throws {
        for former in Self.odd {
            for value in Self.odd {
                var (encoder, decoder) = (ReadingEncoder(), ReadingDecoder())
                for values in [[former, 7], [value, 7], [value, nil]] {
                    let decoded = try decode(encoder.encode(reading(values)).data, with: &decoder)
                    #expect(bits(decoded) == bits(values), "\(String(describing: former)) → \(values)")
                }
            }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func whatIsEncodedIsDecoded(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var (encoder, decoder) = (ReadingEncoder(), ReadingDecoder())
        var values: [Double?] = []
        for second in 0..<1_500 {
            if second.isMultiple(of: 40) { values.append(.random(in: 0...9, using: &random)) }
            for index in values.indices where Int.random(in: 0...3, using: &random) == 0 {
                values[index] =
                    Int.random(in: 0...9, using: &random) == 0
                    ? Self.odd.randomElement(using: &random) ?? nil
                    : (values[index] ?? 0).rounded() + Double(Int.random(in: 0...2, using: &random))
            }
            let encoded = encoder.encode(reading(values, at: Int64(second)))
            #expect(encoded.new.count == (second.isMultiple(of: 40) ? 1 : 0))
            #expect(try bits(decode(encoded.data, with: &decoder)) == bits(values))
        }
    }

    /// A name once written stays true: whoever begins another list finds it again, and others come behind it, once.
    @Test func anotherListOfNames() throws {
        var (encoder, decoder) = (ReadingEncoder(), ReadingDecoder())
        _ = try decode(encoder.encode(reading([1, 2], names: ["a", "b"])).data, with: &decoder)
        for round in 0..<3 {
            let encoded = encoder.encode(reading([5, 6], names: ["b", "c"]))
            #expect(encoded.firstNew == (round == 0 ? 2 : 3))
            #expect(encoded.new.map(\.text) == (round == 0 ? ["c"] : []))
            #expect(try decode(encoded.data, with: &decoder) == [nil, 5, 6])
        }
        let longer = encoder.encode(reading([5, 6, 7], names: ["b", "c", "d"]))
        #expect(longer.firstNew == 3 && longer.new.map(\.text) == ["d"])
        #expect(try decode(longer.data, with: &decoder) == [nil, 5, 6, 7])
        let shorter = encoder.encode(reading([8], names: ["b"]))
        #expect(shorter.new.isEmpty)
        #expect(try decode(shorter.data, with: &decoder) == [nil, 8, nil, nil])
        // Two that are called the same are two.
        let twice = encoder.encode(reading([1, 2], names: ["d", "d"]))
        #expect(try decode(twice.data, with: &decoder) == [nil, nil, nil, 1, 2])
    }

    /// Labels that are new each time fill what there is room for, and cost nobody his place.
    @Test func namesThatStayAreWrittenForEver() throws {
        var (encoder, decoder) = (ReadingEncoder(), ReadingDecoder())
        for round in 0..<25 {
            let names = (0..<1_000).map { "new \(round) \($0)" } + ["stays"]
            let values = [Double?](repeating: 1, count: 1_000) + [Double(round)]
            let encoded = encoder.encode(reading(values, names: names, at: Int64(round)))
            #expect(try decode(encoded.data, with: &decoder)?[1_000] == Double(round))
            #expect(encoded.firstNew + encoded.new.count <= ReadingEncoder.mostSeries)
        }
    }

    /// After damage nothing is said of a source until it has said everything anew: never a wrong value.
    @Test func damageHasAnEnd() throws {
        var (encoder, decoder) = (ReadingEncoder(), ReadingDecoder())
        var silent = 0
        for second in 0..<1_300 {
            let values: [Double?] = [Double(second), Double(second) / 7]
            var bytes = encoder.encode(reading(values)).data
            if second == 50 {
                bytes[bytes.count - 1] ^= 1
                #expect(throws: BatchDecoder.Malformed.self) { try decode(bytes, with: &decoder) }
                continue
            }
            guard let decoded = try decode(bytes, with: &decoder) else {
                silent += 1
                continue
            }
            #expect(decoded == values)
        }
        #expect(silent == 549)
    }

    @Test func nonsenseBehindASoundChecksumIsRefused() throws {
        var random = SplitMix64(seed: 7)
        for round in 0..<20_000 {
            var body = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if round % 2 == 0 { body = body.map { $0 & 0x87 } }
            body[0] |= 1
            let sum = body.withUnsafeBytes { Checksum.of($0) }
            let bytes =
                [ReadingEncoder.layout] + (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(8 * $0)) }
                + body
            var decoder = ReadingDecoder()
            if let values = try? decode(bytes, with: &decoder) {
                #expect(values.count <= ReadingEncoder.mostSeries)
            }
        }
    }

    @Test func moreSeriesThanAnyPageHas() throws {
        var (encoder, decoder) = (ReadingEncoder(), ReadingDecoder())
        let values = [Double?](repeating: 1, count: ReadingEncoder.mostSeries + 5)
        let encoded = encoder.encode(reading(values))
        #expect(encoded.new.count == ReadingEncoder.mostSeries)
        #expect(try decode(encoded.data, with: &decoder)?.count == ReadingEncoder.mostSeries)
    }
}
