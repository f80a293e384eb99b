import ArgumentParser
import Measure
import Testing

@testable import plimsoll

@Suite struct WatchCommandTests {
    @Test func nothingNeedsToBeSaid() throws {
        let command = try WatchCommand.parse([])
        #expect(try command.watch.plan() == WatchPlan(interval: .second))
        #expect(command.urls.isEmpty)
    }

    @Test func allOfThem() throws {
        let command = try WatchCommand.parse([
            "gpu01:8000", "--interval", "500ms", "--for", "10m", "--budget", "ttft:p95<1s", "--no-gpu",
            "--no-discover", "--timeout", "3s", "--insecure", "--json", "--no-record",
        ])
        let plan = try command.watch.plan()
        #expect(plan.interval == 500 * .millisecond && plan.duration == 600 * .second)
        #expect(plan.budget?.text == "ttft:p95<1s")
        #expect(
            command.watch.recorded == [
                "interval": "500ms", "for": "10m", "budget": "ttft:p95<1s", "no-gpu": "",
            ])
        #expect(command.connection.recorded == ["timeout": "3s", "insecure": ""])
    }

    @Test func aCanary() throws {
        let command = try WatchCommand.parse(["--canary", "60s", "--model", "m", "--api", "chat"])
        #expect(command.canary.canary?.nanoseconds == 60 * .second)
        #expect(command.canary.recorded == ["canary": "60s", "model": "m", "api": "chat"])
        #expect(try WatchCommand.parse(["--canary", "1s"]).canary.recorded == ["canary": "1s"])
        #expect(try WatchCommand.parse([]).canary.recorded == [:], "off unless asked for")
    }

    @Test(arguments: [
        ["--canary", "999ms"], ["--canary", "0s"], ["--canary", "25h"], ["--canary"], ["--model", "m"],
        ["--api", "chat"], ["--canary", "5s", "--once"],
    ])
    func noCanary(arguments: [String]) {
        #expect(throws: (any Error).self) { try WatchCommand.parse(arguments) }
    }

    @Test(arguments: [
        ["--no-discover"], ["--interval", "100ms"], ["--interval", "2h"], ["--interval", "0s"],
        ["--budget", "ttft<1s"], ["--once", "--for", "1m"], ["--once", "--csv", "d"],
        ["http://user:password@host"], ["ftp://host"], ["--record", "f", "--no-record"],
        (0...64).map { "host\($0):8000" },
    ])
    func wrongUsage(arguments: [String]) {
        #expect(throws: (any Error).self) { try WatchCommand.parse(arguments) }
    }

    @Test func sixtyFour() throws {
        #expect(try WatchCommand.parse((0..<64).map { "host\($0):8000" }).urls.count == 64)
    }
}
