import ArgumentParser
import Foundation
import Testing

@testable import plimsoll

/// Secrets of the command line: headers out of files, and what is taken out of the process list.
@Suite struct ArgumentTests {
    @Test(arguments: [
        ("X-Key: abc", true, "X-Key:****"), ("--header=X-Key: abc", false, "--header=X-Key:****"),
        ("--header", false, "--header"), ("@/tmp/headers", true, "@/tmp/headers"),
        ("--header=@/tmp/h", false, "--header=@/tmp/h"), ("abc", true, "***"),
        ("--header=abc", false, "--header=***"),
        ("http://h/v1?key=abc", false, "http://h/v1********"), ("http://h/v1", false, "http://h/v1"),
        ("--budget", false, "--budget"), ("", false, ""), ("", true, ""),
    ])
    func hidden(argument: String, isHeader: Bool, seen: String) {
        let start = HiddenArguments.secretStart(in: argument, isHeader: isHeader)
        let bytes = Array(argument.utf8)
        let shown =
            String(decoding: bytes.prefix(start), as: UTF8.self)
            + String(repeating: "*", count: bytes.count - start)
        #expect(shown == seen)
    }

    private func file(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "headers-\(UInt32.random(in: 0...UInt32.max))"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func headersFromAFile() throws {
        let path = try file("X-Key: abc\r\n\r\n  \nCookie:  a=b; c=d \nEmpty:\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let headers = try HeaderOption.parse(all: ["A: b", "@" + path, "C: d"])
        #expect(headers.map(\.name) == ["A", "X-Key", "Cookie", "Empty", "C"])
        #expect(headers.map(\.value) == ["b", "abc", "a=b; c=d", "", "d"])
    }

    @Test(arguments: [
        "no colon", "Host\u{1}: a", "Content-Length: 5", "K: a\u{1B}b",
        String(repeating: "K: v\n", count: 20_000),
    ])
    func filesThatAreNone(text: String) throws {
        let path = try file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: ValidationError.self) { try HeaderOption.parse(all: ["@" + path]) }
    }

    /// A shell's `<(…)` is a pipe; one into which nobody writes is no reason to wait for ever.
    @Test func pipes() throws {
        let path = NSTemporaryDirectory() + "headers-\(UInt32.random(in: 0...UInt32.max))"
        try #require(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        #expect(throws: ValidationError.self) { try HeaderOption.parse(all: ["@" + path]) }
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        let writer = open(path, O_WRONLY)
        defer { close(reader) }
        #expect(write(writer, "A: b\n", 5) == 5)
        close(writer)
        #expect(try HeaderOption.parse(all: ["@" + path]).map(\.value) == ["b"])
    }

    @Test(arguments: ["@/no/such/file", "@", "@/tmp", "@/dev/zero"])
    func notFiles(argument: String) {
        #expect(throws: ValidationError.self) { try HeaderOption.parse(all: [argument]) }
    }
}
