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
    ])
    func understood(text: String, origin: String, target: String) throws {
        let address = try EndpointAddress(parsing: text)
        #expect(address.origin == origin)
        #expect(address.target(for: address.impliedDialect ?? ChatCompletions.self) == target)
    }

    @Test(arguments: [
        "", "http://", "ftp://h", "http://h:x", "http://h:0", "http://h:99999", "http://user:pw@h/",
        "http://a b",
        "http://h\u{1b}[31m",
    ])
    func refused(text: String) {
        #expect(throws: EndpointAddress.ParseError.self) { try EndpointAddress(parsing: text) }
    }

    @Test func aPasswordIsNotRepeated() throws {
        do {
            _ = try EndpointAddress(parsing: "http://me:secret@h")
            Issue.record("accepted")
        } catch let error {
            #expect(!error.message.contains("secret"))
        }
    }
}
