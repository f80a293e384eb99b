import Measure
import Synchronization
import Terminal
import Testing

@testable import Client
@testable import Recording
@testable import Session

/// Sessions with a screen and hands at the keys.
@Suite(.timeLimit(.minutes(10))) struct ScreenSessionTests {
    private func run(
        _ stage: Stage, _ hands: Hands, budget: String? = nil, dwell: Nanoseconds = .second,
        _ change: (inout SessionParts) -> Void = { _ in }, request: (inout SessionRequest) -> Void = { _ in }
    ) async throws -> Session.ExitStatus {
        let wanted = try stage.request(budget: budget, dwell: dwell) {
            $0.screen = Hands.screen
            request(&$0)
        }
        return try await stage.run(wanted) { parts in
            parts.terminal = { application, _ in await hands.use(application) }
            change(&parts)
        }
    }

    @Test func nobodyTouchesAKey() async throws {
        let stage = try Stage()
        #expect(try await run(stage, Hands()) == .done)
        #expect(try stage.measured() == [1, 2, 4])
        #expect(stage.console.outputs.contains("plateau"), "the summary follows the screen")
    }

    @Test(arguments: [nil, "ttft:p95<1s"])
    func qInMidLevel(budget: String?) async throws {
        let stage = try Stage()
        let hands = Hands().then("qy") { $0.isMeasuring }
        let status = try await run(stage, hands, budget: budget, dwell: 100 * .second)
        #expect(status == (budget == nil ? .done : .undecided))
        let level = try #require(try stage.reader().levels.last)
        #expect(level.trust.contains(.cutShort))
        #expect(try stage.reader().ended != nil)
    }

    @Test func keysReachTheSweep() async throws {
        let stage = try Stage()
        let hands = Hands()
            .then("+") { $0.isMeasuring && $0.first?.level?.level == 0 }
            .then("p") { $0.isMeasuring && $0.first?.level?.load.users == 2 && $0.first?.level?.level == 1 }
            .then("p") { $0.first?.phase == .paused }
            .then("qy") { $0.isMeasuring && ($0.first?.level?.level ?? 0) >= 2 }
        #expect(try await run(stage, hands, dwell: 100 * .second) == .done)
        #expect(try Array(stage.measured().prefix(2)) == [1, 2])
    }

    /// A page of metrics that never comes keeps a window from opening, and nothing else.
    private final class HangingServer: WindowWitness {
        let asked = Atomic(0)
        func windowOpens(_ level: Int) async {
            asked.add(1, ordering: .relaxed)
            guard level == 0 else { return }
            for await _ in AsyncStream<Never>.makeStream().stream {}
        }
        func windowClosed(_ level: Int, _ known: WindowCircumstances) async -> WindowCircumstances { known }
    }

    @Test func keysWhileAServerHangs() async throws {
        let stage = try Stage()
        let server = HangingServer()
        let hands = Hands().then("n") { _ in server.asked.load(ordering: .relaxed) > 0 }
        let status = try await run(stage, hands) { parts in
            parts.witnesses = { _, _, _ in Witnesses(ofEndpoint: [EndpointID(0): server]) }
        }
        #expect(status == .done)
        #expect(try stage.measured() == [2, 4], "the level that hung was given up")
    }

    @Test func leftWhileAServerHangs() async throws {
        let stage = try Stage()
        let server = HangingServer()
        let hands = Hands().then("qy") { _ in server.asked.load(ordering: .relaxed) > 0 }
        let status = try await run(stage, hands) { parts in
            parts.witnesses = { _, _, _ in Witnesses(ofEndpoint: [EndpointID(0): server]) }
        }
        #expect(status == .done)
        #expect(try stage.measured().isEmpty)
    }

    @Test func aSignalOnTheScreen() async throws {
        let stage = try Stage()
        var hands = Hands().then("") { $0.isMeasuring }
        hands.end = .signal(15)
        #expect(try await run(stage, hands, dwell: 100 * .second) == .signal(15))
        #expect(stage.console.outputs.contains("stopped by hand"))
    }

    @Test func theTerminalIsGone() async throws {
        let stage = try Stage()
        var hands = Hands().then("") { $0.isMeasuring }
        hands.end = .hungUp
        #expect(try await run(stage, hands, dwell: 100 * .second) == .signal(1))
        #expect(stage.console.outputs.isEmpty, "nobody is there to read it")
        #expect(try stage.reader().ended != nil)
    }

    @Test func goingOnWithoutATerminal() async throws {
        let stage = try Stage()
        var hands = Hands().then("") { $0.first?.levels.count == 1 }
        hands.end = .hungUp
        let status = try await run(stage, hands, request: { $0.output.keepRunning = true })
        #expect(status == .done)
        #expect(try stage.measured() == [1, 2, 4])
        #expect(try stage.reader().marks.count == 1)
        let lines = stage.console.errors.split(separator: "\n")
        #expect(lines.filter { $0.contains("tok/s") }.count == 3, "also of what was measured before")
    }

    @Test func aTerminalThatTakesNothing() async throws {
        let stage = try Stage()
        var hands = Hands().then("qy") { $0.isMeasuring }
        hands.isStuck = true
        #expect(try await run(stage, hands, dwell: 100 * .second) == .done)
        #expect(stage.console.outputs.isEmpty)
    }

    @Test func noScreenAfterAll() async throws {
        let stage = try Stage()
        let failure = await #expect(throws: CommandFailure.self) {
            try await run(stage, Hands()) { parts in
                parts.terminal = { (_, _) async throws(TerminalError) in throw TerminalError.termUnset }
            }
        }
        #expect(failure?.status == .wrongUsage)
        #expect(stage.load.isOver)
    }

    @Test func steeringIsInTheLog() async throws {
        let stage = try Stage()
        let hands = Hands().then("n") { $0.isMeasuring }
        _ = try await run(stage, hands, request: { $0.output.log = stage.folder + "/log" })
        #expect(stage.text("log").contains("by hand: nextLevel endpoint=0"))
    }
}
