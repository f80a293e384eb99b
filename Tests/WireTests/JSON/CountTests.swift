import Measure
import Testing

@testable import Wire

/// Numbers as servers write them, and the counts that they are.
private let senseless = Int(UInt32.max) - 1
private let counts: [(String, Int?)] = [
    ("0", 0), ("7", 7), ("16", 16), ("123456789", 123_456_789), ("1234567890", 1_234_567_890),
    ("4294967293", 4_294_967_293), ("-0", 0), ("0.0", 0), ("0e9", 0), ("0e-9", 0),
    ("16.0", 16), ("16.000000000000000000000000000", 16), ("1.6e1", 16), ("1.6E1", 16), ("1.6e+1", 16),
    ("160e-1", 16), ("16e0", 16), ("0.16e2", 16), ("0016", 16), ("1e3", 1000),
    ("16000000000000000000000000000000e-30", 16),
    ("-1", senseless), ("-16.0", senseless), ("16.5", senseless), ("1.65e1", senseless), ("1e-1", senseless),
    ("4294967294", senseless), ("4294967295", senseless), ("9999999999999999", senseless),
    ("18446744073709551616", senseless), ("1e10", senseless), ("1e999999999999999999999", senseless),
    ("1e-999999999999999999999", senseless), ("16.0000000000000000000000001", senseless),
    (String(repeating: "9", count: 5000), senseless),
    ("0." + String(repeating: "0", count: 5000) + "1", senseless),
    ("1.2.3", senseless), ("1e", senseless), ("1e+", senseless), ("--1", senseless), ("-", senseless),
    ("null", nil), ("true", nil), ("\"\"", nil), ("\"many\"", nil), ("\"e1\"", nil),
    ("\"16\"", 16), ("\"16.0\"", 16), ("\"-1\"", senseless), ("\"9999999999999999\"", senseless),
    ("\"16 tokens\"", senseless), ("[16]", nil), ("{\"a\":16}", nil),
]

@Suite("Counts") struct CountTests {
    @Test("every spelling of a count is read, and nothing else is one", arguments: counts)
    func spellings(text: String, expected: Int?) {
        Array("[\(text),5]".utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            var found: [Int?] = []
            scanner.array { scanner, _ in found.append(scanner.countOrSkip()) }
            #expect(!scanner.failed)
            #expect(found == [expected, 5])
        }
    }

    @Test("random numbers never trap, and those that are read are what Swift reads")
    func random() {
        var random = SplitMix64(seed: 3)
        let letters = Array("0123456789.eE+-00".utf8)
        for _ in 0..<20_000 {
            let length = 1 + Int(random.next() % 14)
            let text = (0..<length).map { _ in letters[Int(random.next() % UInt64(letters.count))] }
            guard let value = DecimalCount.value(of: text) else { continue }
            #expect(Double(String(decoding: text, as: UTF8.self)) == Double(value))
        }
    }

    @Test("sums of the largest counts are far from overflowing")
    func sums() {
        let usage = TokenUsage(prompt: .max, completion: .max, total: .max, cached: -5, reasoning: nil)
        #expect(usage.prompt == senseless && usage.completion == senseless && usage.total == senseless)
        #expect(usage.cached == 0 && usage.reasoning == nil)
    }
}
