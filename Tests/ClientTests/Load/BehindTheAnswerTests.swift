import Foundation
import Measure
import Synchronization
import TestServer
import Testing

@testable import Client

/// What users do with connections on which something follows the answer.
@Suite("Behind the answer", .timeLimit(.minutes(10)))
struct BehindTheAnswerTests {
    private static let answer =
        Reading.streamHead
        + Reading.httpChunk(
            Reading.delta("\"content\":\"a\"")
                + Reading.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}")
                + Reading.event("[DONE]"))
    private static let end = "0\r\n\r\n"

    /// A server of one model. The trials, which ask for fewer tokens, get a whole answer.
    private static func server(_ script: @escaping @Sendable (Int) -> ScriptedServer.Reply) throws
        -> ScriptedServer
    {
        let count = Mutex(0)
        return try ScriptedServer { request in
            if request.hasPrefix("GET ") { return ScriptedServer.json("{\"data\":[{\"id\":\"m\"}]}") }
            guard request.contains("\"max_tokens\":6,") else { return .lastAnswer(answer + end) }
            return script(
                count.withLock { count in
                    count += 1
                    return count
                })
        }
    }

    /// The connections that the load opened, and its requests.
    private func load(_ server: ScriptedServer, good: Int) async throws -> (connections: Int, rig: LoadRig) {
        let found = try await discover(server.url)
        let before = server.connections
        var rig = try await LoadRig(found)
        try await rig.hold(1)
        try await rig.until { $0.good.count >= good }
        let connections = server.connections - before
        try await rig.end()
        return (connections, rig)
    }

    @Test("the message's end comes with the answer: one connection")
    func endComesAlong() async throws {
        let server = try Self.server { _ in .answer(Self.answer + Self.end) }
        defer { server.stop() }
        let (connections, rig) = try await load(server, good: 20)
        #expect(connections == 1)
        #expect(rig.failed.isEmpty)
        #expect(rig.good.dropFirst().allSatisfy { $0.connect == nil && !$0.resent })
    }

    @Test("the message's end comes late: users go on at once, on a connection that has been read to its end")
    func endComesLate() async throws {
        let pause = 60
        let parts = [Reading.streamHead, String(Self.answer.dropFirst(Reading.streamHead.count)), Self.end]
        let server = try Self.server { _ in .parts(parts, pause: pause) }
        defer { server.stop() }
        let (connections, rig) = try await load(server, good: 20)
        #expect(rig.failed.isEmpty)
        // No answer is taken to last until its message ends.
        let quick = rig.good.filter { $0.end - $0.sent < 2 * Nanoseconds(pause) * .millisecond }
        #expect(quick.count > rig.good.count / 2)
        for (before, after) in zip(rig.good, rig.good.dropFirst()) { #expect(after.intended >= before.end) }
        // Drained ones are used again.
        #expect(connections < 10)
        #expect(rig.good.allSatisfy { $0.outputTokens == 1 })
    }

    @Test("the message never ends: its connection is closed, and others are opened")
    func endNeverComes() async throws {
        let server = try Self.server { _ in .answer(Self.answer) }
        defer { server.stop() }
        let (connections, rig) = try await load(server, good: 10)
        #expect(connections >= 10)
        #expect(rig.failed.isEmpty)
        #expect(rig.good.allSatisfy { $0.connect != nil && !$0.resent })
    }

    @Test("the connection is closed behind [DONE], without the last HTTP chunk")
    func cutBehindDone() async throws {
        let server = try Self.server { _ in .lastAnswer(Self.answer) }
        defer { server.stop() }
        let (_, rig) = try await load(server, good: 10)
        #expect(rig.failed.isEmpty)
        #expect(rig.good.allSatisfy { $0.outputTokens == 1 })
    }

    @Test("two answers to one request: the second is nobody's, and no request takes it for its own")
    func twoAnswers() async throws {
        // What nobody asked for counts another prompt.
        let marked = Reading.httpChunk(
            Reading.delta("\"content\":\"b\"")
                + Reading.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":1}}")
                + Reading.event("[DONE]"))
        let server = try Self.server { number in
            // What is asked for takes its time; what isn't comes at once.
            number == 3
                ? .answer(Self.answer + Self.end + Reading.streamHead + marked + Self.end)
                : .parts(["", Self.answer + Self.end], pause: 20)
        }
        defer { server.stop() }
        let (connections, rig) = try await load(server, good: 10)
        #expect(rig.failed.isEmpty)
        #expect(rig.good.allSatisfy { $0.inputTokens != 7 })
        // From then on no connection is trusted twice.
        #expect(connections >= 7)
    }

    @Test("tokens that no request can have caused are told by their haste")
    func tooQuick() {
        var quickest = QuickestAnswer()
        for latency in [12, 10, 11] as [Nanoseconds] {
            #expect(!quickest.isTooQuick(1))
            quickest.note(latency * .millisecond)
        }
        #expect(quickest.isTooQuick(64 * .microsecond))
        #expect(quickest.isTooQuick(499 * .microsecond))
        #expect(!quickest.isTooQuick(500 * .microsecond))
        quickest.note(200 * .microsecond)
        #expect(!quickest.isTooQuick(64 * .microsecond))
        var slow = QuickestAnswer()
        for _ in 0..<3 { slow.note(900 * .millisecond) }
        #expect(slow.isTooQuick(999 * .microsecond) && !slow.isTooQuick(.millisecond))
    }

    @Test("one token too few in every answer: after a few, chunks are counted and the count is refused")
    func oneShort() async throws {
        let chunk = Reading.delta("\"content\":\"word \"")
        let usage = Reading.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":5}}")
        let finish = Reading.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}")
        let events = Array(repeating: chunk, count: 6) + [finish, usage, Reading.event("[DONE]")]
        let server = try Self.server { _ in ScriptedServer.stream(events) }
        defer { server.stop() }
        let (_, rig) = try await load(server, good: 8)
        #expect(rig.good.prefix(2).allSatisfy { $0.outputTokens == 5 && !$0.countRefused })
        #expect(rig.good.dropFirst(2).allSatisfy { $0.outputTokens == 6 && $0.countRefused })
        #expect(rig.good.allSatisfy { $0.inputTokens == 40 })
    }
}
