import Foundation
import Measure
import Simulator
import Synchronization
import TestServer
import Testing

@testable import Client

@Suite("Users", .timeLimit(.minutes(10)))
struct UsersTests {
    @Test("users keep their connections: one each, however many requests", arguments: [1, 2])
    func keepAlive(loops: Int) async throws {
        try await withServer { server in
            let found = try await discover(server.url)
            var rig = try await LoadRig(found, loops: loops)
            try await rig.hold(5)
            try await rig.until { rig in
                (0..<5).allSatisfy { user in rig.good.filter { $0.user == user }.count >= 6 }
            }
            #expect(await server.truth()?.connections == 5)
            try await rig.end()
            #expect(rig.failed.isEmpty)
            for request in rig.good {
                #expect((request.connect != nil) == (request.turn == 0))
                #expect(!request.resent)
            }
            #expect(Set(rig.requests.map(\.number)).count == rig.requests.count)
            #expect(Set(rig.requests.map(\.user)) == Set(0..<5))
        }
    }

    @Test("a user's turns follow each other: one request at a time, none before the last one's end")
    func closedLoop() async throws {
        try await withServer { server in
            var rig = try await LoadRig(try await discover(server.url))
            try await rig.hold(3)
            try await rig.until { $0.good.count >= 30 }
            try await rig.end()
            for user in 0..<3 as Range<UInt32> {
                let own = rig.requests.filter { $0.user == user }
                #expect(own.map(\.turn) == Array(0..<UInt32(own.count)))
                for (before, after) in zip(own, own.dropFirst()) {
                    #expect(before.end <= after.intended)
                    // Due at once, whenever the loop gets round to it: that is the client's own lag.
                    #expect(after.intended == before.end)
                    #expect(after.intended <= after.sent)
                }
            }
        }
    }

    @Test("a server that closes silently after each answer loses nothing")
    func closesSilently() async throws {
        var settings = SimulatorSettings.quick
        settings.closesAfterStream = true
        try await withServer(settings) { server in
            var rig = try await LoadRig(try await discover(server.url))
            await server.resetTruth()
            try await rig.hold(4)
            try await rig.until { rig in
                (0..<4).allSatisfy { user in rig.good.filter { $0.user == user }.count >= 10 }
            }
            try await rig.end()
            #expect(rig.failed.isEmpty)
            let truth = try await truthByNumber(server, covering: rig.good.map(\.number))
            for user in 0..<4 as Range<UInt32> {
                let own = rig.good.filter { $0.user == user }
                #expect(own.filter(\.resent).count <= 1)
            }
            for request in rig.good {
                // Every one had a connection of its own, timed apart.
                let connect = try #require(request.connect)
                #expect(connect > 0)
                #expect(request.sendLag >= 0)
                let known = try #require(truth[request.number])
                #expect(known.outputTokens == request.outputTokens)
                let (first, meant) = (try #require(request.first), try #require(known.firstMeant))
                #expect(first >= meant)
            }
        }
    }

    @Test("mistakes seen in others: what was sent once more counts from the second sending")
    func resentCountsFromTheSecondSending() async throws {
        // Answers the first request, thinks about the second, and then closes without a byte.
        let answer = Reading.chunked([
            Reading.delta("\"content\":\"a\""), Reading.event("[DONE]"),
        ])
        let thinking = 50 * Nanoseconds.millisecond
        let count = Mutex(0)
        let server = try ScriptedServer { request in
            if request.hasPrefix("GET ") { return ScriptedServer.json("{\"data\":[{\"id\":\"m\"}]}") }
            // Trials ask for fewer tokens.
            guard request.contains("\"max_tokens\":6,") else { return .lastAnswer(answer) }
            let number = count.withLock { count in
                count += 1
                return count
            }
            guard number == 2 else { return .answer(answer) }
            usleep(useconds_t(thinking / .microsecond))
            return .lastAnswer("")
        }
        defer { server.stop() }
        var rig = try await LoadRig(try await discover(server.url))
        try await rig.hold(1)
        try await rig.until { $0.good.count >= 5 }
        try await rig.end()
        #expect(rig.failed.isEmpty)
        #expect(rig.good.map(\.turn) == Array(0..<UInt32(rig.good.count)))
        #expect(rig.good.filter(\.resent).map(\.turn) == [1])
        let resent = rig.good[1]
        #expect(resent.sent - resent.intended >= thinking)
        #expect(resent.connect != nil)
        let latency = try #require(resent.endToEndLatency)
        #expect(latency <= resent.end - resent.sent)
        // The very same request, once more.
        let posts = server.requests.filter { $0.contains("\"max_tokens\":6,") }
        #expect(posts[1] == posts[2])
        #expect(Set(posts).count == posts.count - 1)
    }

    @Test("exactly as many in flight as asked for; users taken away end at once")
    func upAndDown() async throws {
        try await withServer { server in
            // Requests that never end: what is in flight stays there.
            let found = try await discover(server.url).asking(for: "fault:hang")
            var rig = try await LoadRig(found, loops: 2)
            try await rig.hold(8)
            try await rig.until { $0.inFlight == 8 }
            #expect(rig.users == 8 && rig.waiting == 8)
            #expect(rig.requests.isEmpty)

            try await rig.hold(3)
            try await rig.until { $0.inFlight == 3 }
            #expect(rig.users == 3)
            #expect(Set(rig.cancelled.map(\.user)) == [3, 4, 5, 6, 7])
            #expect(rig.requests.count == 5)

            try await rig.hold(10)
            try await rig.until { $0.inFlight == 10 }
            #expect(rig.users == 10)
            try await rig.hold(10)
            try await rig.skip(2)
            #expect(rig.inFlight == 10 && rig.requests.count == 5)

            try await rig.hold(0)
            try await rig.until { $0.users == 0 && $0.requests.count == 15 }
            #expect(rig.inFlight == 0 && rig.waiting == 0)
            #expect(rig.failed.isEmpty)
            try await rig.end()
        }
    }

    @Test("users that stay are not disturbed by those that come and go")
    func undisturbed() async throws {
        try await withServer { server in
            var rig = try await LoadRig(try await discover(server.url))
            try await rig.hold(4)
            for users in [2, 6, 1, 4, 3, 8, 2] {
                let count = rig.good.count
                try await rig.hold(users)
                try await rig.until { $0.good.count >= count + 4 }
            }
            try await rig.end()
            let faithful = rig.requests.filter { $0.user == 0 }
            let kinds = Set(faithful.dropLast().map(\.failure?.kind))
            #expect(kinds == [nil])
            #expect(faithful.map(\.turn) == Array(0..<UInt32(faithful.count)))
            #expect(faithful.dropFirst().allSatisfy { $0.connect == nil })
            #expect(rig.failed.isEmpty)
        }
    }

    @Test("paused, requests end and no new ones leave; resumed, they do again")
    func pause() async throws {
        try await withServer { server in
            var rig = try await LoadRig(try await discover(server.url), loops: 2)
            try await rig.hold(4)
            try await rig.until { $0.good.count >= 8 }
            try await rig.load.pause(rig.endpoint)
            // A loop that has yet to tell of its users has nothing in flight either.
            try await rig.until { $0.users == 4 && $0.inFlight == 0 }
            let count = rig.requests.count
            try await rig.skip(3)
            #expect(rig.requests.count == count)
            #expect(rig.users == 4)
            #expect(rig.good.count == count)
            // Those added while paused wait, too.
            try await rig.hold(6)
            try await rig.skip(2)
            #expect(rig.requests.count == count && rig.inFlight == 0)

            try await rig.load.resume(rig.endpoint)
            try await rig.load.resume(rig.endpoint)
            try await rig.until { rig in
                (0..<6).allSatisfy { user in
                    rig.good.filter { $0.user == user }.count > (user < 4 ? 1 : 0)
                }
            }
            try await rig.end()
            #expect(rig.failed.isEmpty)
        }
    }

    @Test("the end delivers what was in flight, as cancelled, in the last batch")
    func lastBatch() async throws {
        try await withServer { server in
            let found = try await discover(server.url).asking(for: "fault:stall")
            var rig = try await LoadRig(found, loops: 2)
            try await rig.hold(5)
            // Half of each answer has come.
            try await rig.until { $0.inFlight == 5 && $0.waiting == 0 && $0.arrivals.count >= 15 }
            try await rig.end()
            #expect(rig.cancelled.count == 5)
            #expect(rig.cancelled.allSatisfy { $0.first != nil && $0.outputTokens == 3 })
            #expect(rig.requests.count == 5)
            #expect(rig.inFlight == 0 && rig.users == 0)
        }
    }

    @Test("mistakes seen in others: no two requests have the same prompt, nor begin alike")
    func promptsDiffer() async throws {
        let answer = Reading.chunked([Reading.delta("\"content\":\"a\""), Reading.event("[DONE]")])
        let server = try ScriptedServer { request in
            request.hasPrefix("GET ")
                ? ScriptedServer.json("{\"data\":[{\"id\":\"m\"}]}") : .answer(answer)
        }
        defer { server.stop() }
        var rig = try await LoadRig(try await discover(server.url))
        try await rig.hold(4)
        try await rig.until { $0.good.count >= 60 }
        try await rig.end()
        let prompts = server.requests.compactMap { request in
            request.firstRange(of: "\"content\":\"").map { request[$0.upperBound...].prefix { $0 != "\"" } }
        }
        #expect(prompts.count >= 60)
        #expect(Set(prompts).count == prompts.count)
        #expect(Set(prompts.map { $0.prefix(24) }).count == prompts.count)
    }
}
