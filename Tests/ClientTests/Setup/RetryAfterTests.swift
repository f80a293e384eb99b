import Measure
import Testing
import Wire

@testable import Client

@Suite("When to ask again")
struct RetryAfterTests {
    /// Fri, 27 Nov 2026 12:00:00 GMT
    private static let now = 1_795_780_800.0

    private func delay(_ headers: [(String, String)]) -> Double? {
        let head = ResponseHead(status: 429, headers: headers.map { (name: $0.0, value: $0.1) })
        return RetryAfter.delay(in: head, now: Self.now)?.inSeconds
    }

    @Test(
        "Retry-After, in each of its forms",
        arguments: [
            ("0", 0), ("7", 7), ("0.25", 0.25), (" 7 ", 7), ("-3", 0), ("99999", 3600),
            ("Fri, 27 Nov 2026 12:00:04 GMT", 4), ("Friday, 27-Nov-26 12:00:04 GMT", 4),
            ("Fri Nov 27 12:00:04 2026", 4), ("fri, 27 nov 2026 12:01:00 gmt", 60),
            ("Fri, 27 Nov 2026 11:00:00 GMT", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
            ("Sun Nov  6 08:49:37 1994", 0), ("2026-11-27T12:00:05Z", 5),
            ("2026-11-27T14:00:05.5+02:00", 5.5),
            ("2026-11-27 12:00:05", 5), ("1795780806", 6), ("1795780806500", 6.5), ("1m30s", 90),
            ("6ms", 0.006),
            ("2h", 3600), ("inf", 3600), ("nan", 0),
            ("", nil), ("soon", nil), ("Fri, 27 Nov 2026", nil), ("Fri, 27 Nov 2026 25:00:00 GMT", nil),
            ("Fri, 32 Nov 2026 12:00:00 GMT", nil), ("Fri, 27 Foo 2026 12:00:00 GMT", nil),
            ("Fri, 27 Nov 2026 12:00:00 PST", nil), ("3s3s", nil), ("3 apples", nil), ("::", nil),
            ("2026-11-27", nil), ("99999999999999999999-11-27T12:00:00Z", nil),
        ] as [(String, Double?)])
    func forms(text: String, expected: Double?) {
        let found = delay([("retry-after", text)])
        #expect(found.map { ($0 * 1000).rounded() } == expected.map { ($0 * 1000).rounded() }, "\(text)")
    }

    @Test("dates are taken from the server's own clock, where it tells it")
    func serversClock() {
        let later = ("retry-after", "Fri, 27 Nov 2026 13:00:04 GMT")
        #expect(delay([later, ("date", "Fri, 27 Nov 2026 13:00:00 GMT")]) == 4)
        #expect(delay([later, ("date", "nonsense")]) == 3600)
        #expect(delay([("retry-after", "4"), ("date", "Fri, 27 Nov 2026 13:00:00 GMT")]) == 4)
    }

    @Test("milliseconds come first, then Retry-After, then what a limiter says of its resets")
    func order() {
        let reset = ("x-ratelimit-reset-requests", "9s")
        #expect(delay([("retry-after", "2"), ("retry-after-ms", "1500"), reset]) == 1.5)
        #expect(delay([("retry-after", "2"), reset]) == 2)
        #expect(delay([("retry-after", "soon"), reset]) == 9)
        #expect(delay([("retry-after-ms", "x"), reset]) == 9)
        #expect(delay([]) == nil)
    }

    @Test(
        "a limiter's reset: in any form, of what is used up, else the soonest",
        arguments: [
            ([("x-ratelimit-reset-requests", "1m30s")], 90), ([("x-ratelimit-reset-tokens", "6ms")], 0.006),
            ([("x-ratelimit-reset", "1795780803")], 3), ([("x-ratelimit-reset", "12")], 12),
            ([("ratelimit-reset", "5")], 5),
            ([("anthropic-ratelimit-requests-reset", "2026-11-27T12:00:08Z")], 8),
            ([("x-ratelimit-reset-requests", "8.64s"), ("x-ratelimit-reset-tokens", "1s")], 1),
            (
                [
                    ("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "8s"),
                    ("x-ratelimit-remaining-tokens", "100"), ("x-ratelimit-reset-tokens", "1s"),
                ], 8
            ),
            (
                [
                    ("anthropic-ratelimit-tokens-remaining", "0"),
                    ("anthropic-ratelimit-tokens-reset", "2026-11-27T12:00:08Z"),
                    ("anthropic-ratelimit-requests-reset", "2026-11-27T12:00:01Z"),
                ], 8
            ),
            ([("x-ratelimit-limit", "5")], nil), ([("x-ratelimit-reset", "never")], nil),
        ] as [([(String, String)], Double?)])
    func resets(headers: [(String, String)], expected: Double?) {
        #expect(delay(headers) == expected)
    }
}
