import Foundation
import Measure
import Synchronization
import Testing

@testable import Client
@testable import Recording
@testable import Session

/// Whole sessions without a screen, and everything that can befall them.
@Suite(.timeLimit(.minutes(10))) struct SweepSessionTests {
    @Test func allGoesWell() async throws {
        let stage = try Stage()
        #expect(try await stage.run(stage.request()) == .done)
        #expect(try stage.measured() == [1, 2, 4])
        #expect(stage.console.outputs.contains("plimsoll replay \(stage.recording)"))
        let lines = stage.console.errors.split(separator: "\n")
        #expect(lines.filter { $0.contains("tok/s") }.count == 3, "a line a level")
        #expect(try stage.reader().ended != nil)
        #expect(try stage.reader().losses.isEmpty)
    }

    @Test func oneOfTwoDies() async throws {
        let stage = try Stage(endpoints: 2) { endpoint, elapsed in
            endpoint == EndpointID(1) && elapsed > 2 * .second ? .refuses : .answers
        }
        let status = try await stage.run(stage.request { $0.output.json = true })
        #expect(status == .endpointUnusable)
        #expect(try stage.measured(0) == [1, 2, 4], "nothing happened to the other")
        let document = try JSONSerialization.jsonObject(with: Data(stage.console.documents.utf8))
        let endpoints = (document as? [String: Any])?["endpoints"] as? [[String: Any]]
        #expect(endpoints?.map { $0["ended"] as? String } == ["plan-done", "errors"])
        #expect(stage.console.outputs.isEmpty)
    }

    @Test(arguments: [true, false]) func oneAfterAnother(_ inTurn: Bool) async throws {
        let stage = try Stage(endpoints: 3)
        let status = try await stage.run(stage.request { $0.plan.oneAfterAnother = inTurn })
        #expect(status == .done)
        let levels = try stage.reader().levels
        for endpoint in 0..<3 { #expect(try stage.measured(endpoint) == [1, 2, 4]) }
        let spans = (0..<3).map { endpoint in
            let own = levels.filter { $0.endpoint == EndpointID(endpoint) }
            return (from: own.map(\.windowStart).min() ?? .zero, to: own.map(\.windowEnd).max() ?? .zero)
        }
        #expect((spans[0].to <= spans[1].from && spans[1].to <= spans[2].from) == inTurn)
    }

    @Test func whoWaitsForItsTurnIsStoppedToo() async throws {
        let stage = try Stage(endpoints: 2)
        let isSent = Atomic(false)
        stage.load.atTicks { [signals = stage.signals] elapsed in
            guard elapsed >= 800 * .millisecond, isSent.exchange(true, ordering: .relaxed) == false else {
                return
            }
            signals.raise(2)
        }
        let request = try stage.request(dwell: 100 * .second) { $0.plan.oneAfterAnother = true }
        #expect(try await stage.run(request) == .signal(2))
        #expect(try stage.measured(1) == [], "its turn never came")
        #expect(stage.console.outputs.components(separatedBy: "stopped by hand").count == 3, "both")
    }

    @Test func oneOfThreeCannotBeUsed() async throws {
        let stage = try Stage(endpoints: 3)
        let status = try await stage.run(stage.request()) { parts in
            parts.ask = { (_, address, id, _) async throws(DiscoveryError) in
                guard id != EndpointID(1) else { throw DiscoveryError.madeUp("nobody is there") }
                return try DiscoveredEndpoint.madeUp(address, id)
            }
        }
        #expect(status == .endpointUnusable)
        #expect(try stage.measured(0) == [1, 2, 4] && stage.measured(2) == [1, 2, 4])
        #expect(stage.console.outputs.contains("failed: nobody is there"))
        #expect(stage.console.errors.components(separatedBy: "nobody is there").count == 2, "once")
    }

    @Test func noneCanBeUsed() async throws {
        let stage = try Stage(endpoints: 2)
        let failure = await #expect(throws: CommandFailure.self) {
            try await stage.run(stage.request()) { parts in
                parts.ask = { (_, _, _, _) async throws(DiscoveryError) in
                    throw DiscoveryError.madeUp("nobody is there")
                }
            }
        }
        #expect(failure?.status == .endpointUnusable)
        #expect(OutputFile.isFree(stage.recording), "nothing was measured: nothing is left")
    }

    @Test func aSilentServerIsNoAnswer() async throws {
        let stage = try Stage { _, _ in .isSilent }
        #expect(try await stage.run(stage.request()) == .endpointUnusable)
    }

    // MARK: Disks

    @Test func aFullDisk() async throws {
        let stage = try Stage()
        let status = try await stage.run(stage.request()) { parts in
            parts.recorder = { (path, session, force) throws(RecordingError) in
                let recorder = try Recorder.create(path: path, session: session, force: force)
                recorder.limit(pages: 1)
                return recorder
            }
        }
        #expect(status == .fileUnusable)
        #expect(stage.console.outputs.contains("tok/s"), "what was measured is said all the same")
        #expect(stage.console.errors.contains(stage.recording))
    }

    @Test func aRecordingThatCannotBe() async throws {
        let stage = try Stage()
        let failure = await #expect(throws: CommandFailure.self) {
            try await stage.run(
                stage.request { $0.output.recording = .file(stage.folder + "/no/such/place") }
            ) {
                $0.ask = { (_, _, _, _) async throws(DiscoveryError) in
                    Issue.record("somebody was asked")
                    throw DiscoveryError.madeUp("")
                }
            }
        }
        #expect(failure?.status == .fileUnusable)
    }

    @Test func tablesAtTheEnd() async throws {
        let stage = try Stage()
        #expect(try await stage.run(stage.request { $0.output.csv = stage.folder + "/csv" }) == .done)
        #expect(stage.text("csv/levels.csv").split(separator: "\n").count == 4)
        // And once more: they are there.
        let again = try stage.request {
            $0.output.csv = stage.folder + "/csv"
            $0.output.recording = .nowhere
        }
        let failure = await #expect(throws: CommandFailure.self) { try await stage.run(again) }
        #expect(failure?.status == .fileUnusable)
    }

    // MARK: Signals

    @Test func aSignalWhileServersAreAsked() async throws {
        let stage = try Stage()
        let status = try await stage.run(stage.request()) { parts in
            parts.ask = { [signals = stage.signals] (_, _, _, _) async throws(DiscoveryError) in
                signals.raise(15)
                // Ends when nobody waits any more.
                for await _ in AsyncStream<Never>.makeStream().stream {}
                throw DiscoveryError.madeUp("it never answered")
            }
        }
        #expect(status == .signal(15))
        #expect(OutputFile.isFree(stage.recording))
        #expect(stage.console.outputs.isEmpty)
    }

    @Test(arguments: [100, 900, 2_300] as [Nanoseconds])
    func aSignalDuringTheSweep(milliseconds: Nanoseconds) async throws {
        let stage = try Stage()
        let isSent = Atomic(false)
        stage.load.atTicks { [signals = stage.signals] elapsed in
            guard elapsed >= milliseconds * .millisecond,
                isSent.exchange(true, ordering: .relaxed) == false
            else { return }
            signals.raise(2)
        }
        #expect(try await stage.run(stage.request(dwell: 100 * .second)) == .signal(2))
        #expect(try stage.reader().ended != nil, "the recording is whole")
        #expect(stage.console.errors.contains("stopping (^C)"))
        #expect(stage.console.outputs.contains("stopped by hand"))
        #expect(stage.load.isOver)
    }

    // MARK: The log

    private static let secret = "sk-0123456789abcdef"

    @Test func theLogSaysWhatHappened() async throws {
        let stage = try Stage(endpoints: 2) { _, elapsed in
            elapsed > 1_500 * .millisecond ? .refuses : .answers
        }
        let request = try stage.request {
            $0.client.apiKey = Secret(Self.secret)
            $0.output.log = stage.folder + "/log"
        }
        _ = try await stage.run(request) { parts in
            parts.ask = { (_, address, id, _) async throws(DiscoveryError) in
                guard id == EndpointID(0) else { throw DiscoveryError.madeUp("it said\n\(own: Self.secret)") }
                return try DiscoveredEndpoint.madeUp(address, id)
            }
        }
        let log = stage.text("log")
        for words in [
            "sweep begins", "endpoint 0 found: host0:8000", "endpoint 1 can't be used",
            "kind=connection-refused",
            "made-up load: joins", "level 0 begins: 1 user", "level 0 is measured", "level 0 ended: 1 user",
            "tok/s=", "a request failed: connection-refused: nobody listens there", "sweep ended: errors",
            "ends status=3",
        ] {
            #expect(log.contains(words), "\(words)")
        }
        #expect(!log.contains(Self.secret))
        #expect(log.split(separator: "\n").allSatisfy { $0.hasPrefix("20") }, "each line has its time")
        let attributes = try FileManager.default.attributesOfItem(atPath: stage.folder + "/log")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func aLogThatCannotBe() async throws {
        let stage = try Stage()
        try Data().write(to: URL(fileURLWithPath: stage.folder + "/there"))
        for name in ["there", "no/such/place", ""] {
            let failure = await #expect(throws: CommandFailure.self) {
                try await stage.run(stage.request { $0.output.log = stage.folder + "/" + name }) {
                    $0.ask = { (_, _, _, _) async throws(DiscoveryError) in
                        Issue.record("somebody was asked")
                        throw DiscoveryError.madeUp("")
                    }
                }
            }
            #expect(failure?.status == .fileUnusable)
            #expect(failure?.message.contains("\n") == false)
        }
        #expect(OutputFile.isFree(stage.recording))
    }
}
