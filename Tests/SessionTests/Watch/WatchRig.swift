import Client
import Collector
import Measure
import Synchronization
import TestServer

@testable import Session

/// A watch's sources without the session around them, and all that they said.
final class WatchRig: Sendable {
    private final class Heard: EntrySink {
        let entries = Mutex<[SessionEntry]>([])
        func take(_ entry: SessionEntry) { entries.withLock { $0.append(entry) } }
    }

    private let heard = Heard()
    let crew: WatchCrew
    let collector: Collector
    let addresses: [WatchedAddress]
    private let info: SessionInfo

    init(
        _ urls: [String], interval: Nanoseconds = 20 * .millisecond,
        settings: ClientSettings = ClientSettings(), canary: Nanoseconds? = nil
    ) throws {
        let request = WatchRequest(
            version: "0", addresses: try urls.map { try WatchedAddress(parsing: $0) }, client: settings,
            plan: WatchPlan(interval: interval, canary: canary), output: SessionOutput(recording: .nowhere))
        info = SessionInfo(
            started: WallAnchor.now(), version: "0", command: "watch", watch: request.plan, options: [:],
            seed: 0, host: "h")
        collector = Collector(ledger: Ledger(session: info, settings: LedgerSettings()), sink: heard)
        let parts = SessionParts(console: HeardConsole(), signals: { MadeUpSignals.Listening() })
        crew = WatchCrew(request, parts: parts, collector: collector)
        addresses = request.addresses
    }

    var entries: [SessionEntry] { heard.entries.withLock { $0 } }

    /// What follows from all that was said.
    ///
    /// - Parameter each: called after each entry.
    func watch(_ each: (inout WatchLedger) -> Void = { _ in }) -> WatchSnapshot {
        var ledger = WatchLedger(info)
        for entry in entries {
            ledger.take(entry)
            each(&ledger)
        }
        return ledger.snapshot(at: SystemTime.now())
    }

    var joined: [SourceInfo] {
        entries.compactMap { if case .event(.sourceJoined(let info, _)) = $0 { info } else { nil } }
    }

    func readings(_ source: Int) -> [Reading] {
        entries.compactMap {
            if case .reading(let reading) = $0, reading.source == SourceID(source) { reading } else { nil }
        }
    }

    func troubles(_ source: Int) -> [PageTrouble] {
        entries.compactMap {
            if case .event(.serverSaid(SourceID(source), .trouble(let trouble), _)) = $0 {
                trouble
            } else {
                nil
            }
        }
    }

    func canaries(_ source: Int) -> [CanaryAnswer] {
        entries.compactMap {
            if case .event(.serverSaid(SourceID(source), .canary(let answer), _)) = $0 { answer } else { nil }
        }
    }

    func names(_ source: Int) -> [ServerNews] {
        entries.compactMap {
            if case .event(.serverSaid(SourceID(source), let news, _)) = $0, case .named = news {
                news
            } else {
                nil
            }
        }
    }

    /// Until it is so; the test's own time limit is the end of it.
    func until(_ isSo: () -> Bool) async throws {
        while !isSo() { try await Task.sleep(for: .milliseconds(5)) }
    }
}
