import Testing

@testable import Wire

@Suite("Redirects")
struct RedirectTests {
    private func follow(
        _ location: String?, status: Int = 307, from target: String = "/v1/chat/completions?k=1",
        at url: String = "http://gpu01:8000"
    ) throws -> Redirect? {
        let headers = location.map { [(name: "location", value: $0)] } ?? []
        return Redirect(
            ResponseHead(status: status, headers: headers), askedFor: target,
            at: try EndpointAddress(parsing: url))
    }

    @Test(
        "the same origin, however it is written",
        arguments: [
            ("/v1/chat/completions/", "/v1/chat/completions/"),
            ("http://gpu01:8000/v2/chat?x=1", "/v2/chat?x=1"), ("HTTP://GPU01:8000/a", "/a"),
            ("//gpu01:8000/a", "/a"), ("http://gpu01:8000", "/"), ("http://gpu01:8000?x", "/?x"),
            ("completions/", "/v1/chat/completions/"), ("./x", "/v1/chat/x"), ("../x?y=..", "/v1/x?y=.."),
            ("../../../x", "/x"), ("?y=2", "/v1/chat/completions?y=2"), ("/a#part", "/a"),
            ("/a:b", "/a:b"), ("x/http://other/", "/v1/chat/x/http://other/"),
        ])
    func sameOrigin(location: String, target: String) throws {
        #expect(try follow(location) == .sameOrigin(target: target))
    }

    @Test("a standard port is the same as none", arguments: ["http://h/a", "http://h:80/a", "http://h:/a"])
    func standardPorts(location: String) throws {
        #expect(try follow(location, at: "http://h") == .sameOrigin(target: "/a"))
        #expect(try follow(location, at: "http://h:80") == .sameOrigin(target: "/a"))
        #expect(try follow(location, at: "https://h") == .elsewhere(url: location))
        #expect(try follow("http://[::1]:8000/a", at: "http://[::1]:8000") == .sameOrigin(target: "/a"))
    }

    @Test(
        "another origin is named, without what may be a key, and never followed",
        arguments: [
            ("https://gpu01:8000/a", "https://gpu01:8000/a"), ("http://gpu01/a", "http://gpu01/a"),
            ("http://gpu01:8001/a", "http://gpu01:8001/a"), ("http://gpu02:8000/a", "http://gpu02:8000/a"),
            ("//gpu02/a", "http://gpu02/a"), ("http://gpu01:8000.evil/a", "http://gpu01:…/a"),
            ("http://gpu01:8000@evil/a?key=secret", "http://…@evil/a?…"),
            ("http://user:pw@gpu01:8000/a", "http://…@gpu01:8000/a"),
            ("ftp://gpu01:8000/a", "ftp://gpu01:8000/a"),
            ("mailto:someone", "mailto:…"), ("a:b/c", "a:…/c"), ("//gpu01:8000\\@evil/", "http://…@evil/"),
        ])
    func elsewhere(location: String, shown: String) throws {
        #expect(try follow(location) == .elsewhere(url: shown))
    }

    @Test(
        "what makes no sense leads nowhere",
        arguments: [nil, "", "/a b", "/a\u{7}", "/ä", "/" + String(repeating: "x", count: 9000)])
    func nowhere(location: String?) throws {
        #expect(try follow(location) == .nowhere)
    }

    @Test("only redirects are", arguments: [200, 204, 300, 304, 305, 400])
    func others(status: Int) throws {
        #expect(try follow("/a", status: status) == nil)
        for status in [301, 302, 303, 307, 308] {
            #expect(try follow("/a", status: status) == .sameOrigin(target: "/a"))
        }
    }
}
