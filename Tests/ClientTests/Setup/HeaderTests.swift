import Measure
import NIOCore
import Testing
import Wire

@testable import Client

@Suite("Headers")
struct HeaderTests {
    private func fields(
        _ headers: [(String, String)], key: String? = "sk-12345678", method: String = "POST"
    ) throws -> [(name: String, value: String)] {
        let settings = ClientSettings(
            apiKey: key.map { Secret($0) }, headers: headers.map { (name: $0.0, value: Secret($0.1)) })
        let head = RequestHead.lines(
            method: method, target: "/x", address: try EndpointAddress(parsing: "http://h:1"),
            settings: settings, accept: "text/event-stream", dialect: ChatCompletions.self)
        #expect(head.hasPrefix("\(method) /x HTTP/1.1\r\n") && head.hasSuffix("\r\n"))
        return head.split(separator: "\r\n").dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), String(parts[1].dropFirst()))
        }
    }

    @Test(
        "a header of one's own replaces ours, whatever its case",
        arguments: [
            "Host", "host", "HOST", "User-Agent", "Accept", "accept", "Accept-Encoding", "Content-Type",
            "Authorization", "aUTHORIZATION",
        ])
    func replaced(name: String) throws {
        let found = try fields([(name, "mine")]).filter { $0.name.lowercased() == name.lowercased() }
        #expect(found.map(\.value) == ["mine"])
    }

    @Test("no name stands there twice; the later of two of one's own holds")
    func never2() throws {
        let found = try fields([("X-A", "1"), ("x-b", "2"), ("x-a", "3"), ("Host", "one"), ("host", "two")])
        let names = found.map { $0.name.lowercased() }
        #expect(Set(names).count == names.count)
        #expect(found.first { $0.name == "x-a" }?.value == "3")
        #expect(found.first { $0.name == "host" }?.value == "two")
        #expect(found.first { $0.name == "x-b" }?.value == "2")
    }

    @Test("what is sent without any of one's own")
    func standard() throws {
        let found = try fields([])
        #expect(
            found.map(\.name) == [
                "host", "user-agent", "accept", "accept-encoding", "content-type", "authorization",
            ])
        #expect(found.first { $0.name == "accept-encoding" }?.value == "identity")
        #expect(try !fields([], key: nil).contains { $0.name == "authorization" })
        #expect(
            try fields([], method: "GET").contains { $0.name == "accept-encoding" && $0.value == "identity" })
    }

    @Test(
        "framing is our own business",
        arguments: ["Content-Length", "transfer-encoding", "Connection", "TE", "Expect"])
    func reserved(name: String) throws {
        #expect(HeaderRules.isReserved(name))
        let found = try fields([(name, "x")])
        #expect(!found.contains { $0.name.lowercased() == name.lowercased() })
    }

    @Test(
        "an id of one's own replaces ours; else each request has a UUID of its own",
        arguments: [nil, "x-request-id", "X-Request-ID"])
    func requestIDs(name: String?) throws {
        let settings = ClientSettings(headers: name.map { [($0, Secret("mine"))] } ?? [])
        let form = RequestForm(
            RequestShape(model: "m", outputTokens: 1, fields: []), dialect: ChatCompletions.self,
            target: "/x", address: try EndpointAddress(parsing: "http://h"), settings: settings, seed: 3)
        var prompts = PromptSource(seed: 1)
        let ids = (UInt32(1)...50).map { number -> String in
            let buffer = form.request(
                number: number, words: 1, prompts: &prompts, allocator: ByteBufferAllocator())
            let lines = String(buffer: buffer).components("\r\n").filter {
                $0.lowercased().hasPrefix("x-request-id: ")
            }
            #expect(lines.count == 1)
            return String(lines.first?.dropFirst(14) ?? "")
        }
        guard name == nil else { return #expect(Set(ids) == ["mine"]) }
        #expect(Set(ids).count == 50)
        for id in ids {
            let parts = id.split(separator: "-")
            #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
            #expect(id.allSatisfy { $0 == "-" || "0123456789abcdef".contains($0) })
            #expect(parts[2].first == "4" && "89ab".contains(parts[3].first ?? "?"))
        }
    }

    @Test(
        "what of a header's value is secret",
        arguments: [
            (
                "Authorization", "Bearer sk-Winterreise-1827",
                ["sk-Winterreise-1827", "sk-W…1827", "****1827"]
            ),
            ("Authorization", "Basic dXNlcjpXaW50ZXJyZWlzZQ==", ["Winterreise", "user:Winterreise"]),
            ("Cookie", "a=1; session=Lindenbaum", ["Lindenbaum", "Lind…baum"]),
            ("X-Api-Key", "Winterreise", ["Winterreise", "Wint...eise"]),
        ])
    func secrets(name: String, value: String, quoted: [String]) {
        let settings = ClientSettings(headers: [(name, Secret(value))])
        for text in quoted + [value] {
            let shown = settings.scrubber.shown("said: \(text)!").text
            #expect(shown.contains("•••"), "\(shown)")
            #expect(!shown.contains("eise") && !shown.contains("1827") && !shown.contains("baum"), "\(shown)")
        }
    }

    @Test(
        "harmless headers aren't missed in a server's words",
        arguments: ["Host", "Accept", "User-Agent", "Content-Type"])
    func harmless(name: String) {
        let settings = ClientSettings(headers: [(name, Secret("application/json"))])
        #expect(settings.scrubber.shown("want application/json").text == "want application/json")
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
