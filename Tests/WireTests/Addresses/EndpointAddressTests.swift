import Testing

@testable import Wire

@Suite struct EndpointAddressTests {
    @Test(arguments: [
        ("http://gpu01:8000", "http://gpu01:8000", "/v1/chat/completions"),
        ("http://gpu01:8000/", "http://gpu01:8000", "/v1/chat/completions"),
        ("gpu01:8000", "http://gpu01:8000", "/v1/chat/completions"),
        ("https://api.example.com/v1", "https://api.example.com", "/v1/chat/completions"),
        ("https://h:443/api/v3/", "https://h", "/api/v3/chat/completions"),
        ("http://h/v1/chat/completions", "http://h", "/v1/chat/completions"),
        ("http://h/v1/completions", "http://h", "/v1/completions"),
        ("https://h/serving-endpoints/m/invocations", "https://h", "/serving-endpoints/m/invocations"),
        (
            "https://h/openai/deployments/d/chat/completions?api-version=1", "https://h",
            "/openai/deployments/d/chat/completions?api-version=1"
        ),
        ("http://[::1]:8000", "http://[::1]:8000", "/v1/chat/completions"),
        ("http://my_host.local:80", "http://my_host.local", "/v1/chat/completions"),
        // An address in a query or a path is nobody's name.
        ("http://h:1/v1?user=a@b.c", "http://h:1", "/v1/chat/completions?user=a@b.c"),
        ("http://h/@team/v1", "http://h", "/@team/v1/chat/completions"),
    ])
    func understood(text: String, origin: String, target: String) throws {
        let address = try EndpointAddress(parsing: text)
        #expect(address.origin == origin)
        #expect(address.target(for: address.impliedDialect ?? ChatCompletions.self) == target)
    }

    @Test(arguments: [
        "", "http://", "ftp://h", "http://h:x", "http://h:0", "http://h:99999", "http://user:pw@h/",
        "http://a b",
        "http://h\u{1b}[31m", "http://h%41", "http://h(1)", "http://:8000",
    ])
    func refused(text: String) {
        #expect(throws: EndpointAddress.ParseError.self) { try EndpointAddress(parsing: text) }
    }

    @Test(
        "what is nearly right is told how",
        arguments: [
            ("::1", "in brackets"), ("fe80::1:8000/v1", "in brackets"),
            ("http://[::1]8000", "behind its “]”"),
            ("8000", "a mere number"), ("http://8000/v1", "a mere number"), ("htp://h", "not http or https"),
        ])
    func nearlyRight(text: String, words: String) throws {
        let error = try #require(throws: EndpointAddress.ParseError.self) {
            try EndpointAddress(parsing: text)
        }
        #expect(error.message.contains(words))
    }

    private static let key = "sk-Winterreise-1827"

    @Test(
        "a refused URL is told without its password, key or query",
        arguments: [
            "http://user:K@h", "http://user:K/x@host", "http://user:K?x@host", "http://user:pa#K@h",
            "ftp://user:K@h", "http://h:99999/v1?api_key=K", "http://h:99999/v1#K", "K@host",
            "user:K@host:80",
            "user:K/@host", "http://K@host/v1", "http://user:K%40host/", "http://user:K%40host:80/v1",
            "http:/user:K@host", "http//user:K@host", "http://user:K", "http://h:K/v1", "http://[K]:80:x/",
            "http://[::1]:K/", "K://host", "user:K@ftp://host", "Bearer K", "http://h /v1?key=K",
            "http://K h/v1", "http://a@b@K@h", "http://user:K@h:80/p?q=K#K", "http://u:K@[::1]:8000/v1",
        ])
    func nothingSecretIsRepeated(pattern: String) throws {
        let text = pattern.replacing("K", with: Self.key)
        let error = try #require(throws: EndpointAddress.ParseError.self) {
            try EndpointAddress(parsing: text)
        }
        #expect(!error.message.contains("Winterreise"), "\(error.message)")
        #expect(!error.message.contains("1827"), "\(error.message)")
        #expect(error.message.contains("http://host:8000"))
    }

    @Test(
        "what is harmless in a URL is shown",
        arguments: [
            ("http://user:secret@gpu01:8000/v1", "http://…@gpu01:8000/v1"),
            ("http://h:99999/v1?api_key=x", "http://h:99999/v1?…"), ("http://h:0/v1#x", "http://h:0/v1#…"),
            ("ftp://h/x", "ftp://h/x"), ("not a url", "not a url"), ("http://h:x", "http://h:…"),
            ("http://[fe80::1]:0/", "http://[fe80::1]:0/"), ("", ""), ("a\u{1b}[31mb", "a [31mb"),
            ("verylongscheme://h", "…://h"), ("http://a@b@c/d", "http://…@c/d"),
        ])
    func redacted(text: String, expected: String) {
        #expect(EndpointAddress.redacted(text) == expected)
    }

    @Test(
        "what may be a key in a URL is a secret of the session",
        arguments: [
            ("http://h/v1", []),
            ("http://h/v1?api-version=2024-10-21", []),
            ("http://h/v1?api-version=2024-08-01-preview", []),
            ("http://h/v1?a=1&b=2", []),
            ("http://h/v1?api-key=sk-123456", ["api-key=sk-123456", "sk-123456"]),
            (
                "http://h/v1?api-version=2024-10-21&code=a%2Fbcdefgh",
                ["code=a%2Fbcdefgh", "a%2Fbcdefgh"]
                    + ["code=a/bcdefgh", "a/bcdefgh"]
            ),
            ("http://h/v1?sk-12345678", ["sk-12345678", "sk-12345678"]),
            ("http://h/v1?k=aaaaaaaa+b", ["k=aaaaaaaa+b", "aaaaaaaa+b", "k=aaaaaaaa b", "aaaaaaaa b"]),
            ("http://h/v1?version=notadateatall", ["version=notadateatall", "notadateatall"]),
        ] as [(String, [String])])
    func secrets(text: String, expected: [String]) throws {
        #expect(try EndpointAddress(parsing: text).secrets == expected)
    }
}
