import Foundation
import Measure
import Synchronization
import Telemetry
import TestServer

@testable import Client
@testable import Recording
@testable import Session

/// A whole watch of servers that a test makes up.
final class WatchStage: Sendable {
    let console = HeardConsole()
    let signals = MadeUpSignals()
    let folder = FileManager.default.temporaryDirectory.path + "/watch-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var recording: String { folder + "/s.plimsoll" }

    func request(
        _ urls: [String], budget: String? = nil, for duration: Nanoseconds? = nil, isOnce: Bool = false,
        _ change: (inout WatchRequest) -> Void = { _ in }
    ) throws -> WatchRequest {
        var request = WatchRequest(
            version: "0", addresses: try urls.map { try WatchedAddress(parsing: $0) },
            client: ClientSettings(),
            plan: WatchPlan(
                interval: 50 * .millisecond, duration: duration,
                budget: try budget.map { try LatencyBudget(parsing: $0) }),
            isOnce: isOnce, watchesGPUs: false, output: SessionOutput(recording: .file(recording)))
        // How long there is between two looks is a matter of the command's: up to ten seconds.
        if isOnce { request.plan.interval = 50 * .millisecond }
        change(&request)
        return request
    }

    func run(
        _ request: WatchRequest, _ change: (inout SessionParts) -> Void = { _ in }
    ) async throws -> Session.ExitStatus {
        var parts = SessionParts(console: console, signals: { [signals] in signals.listen() })
        parts.processes = { ProcessTable(root: "/no/such/folder") }
        change(&parts)
        return try await WatchSession(request, parts: parts).run()
    }

    /// What `--json` printed, a document each.
    func documents() throws -> [[String: Any]] {
        try console.documents.split(separator: "\n").compactMap {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
    }

    /// A page that counts on from one request to the next: each has 10 answers, of which `fast` came within 0.1 s, and
    /// all within 1 s.
    static func server(fast: Int = 10, answers: Int = 10) throws -> ScriptedServer {
        let looks = Mutex(0)
        return try ScriptedServer { request in
            guard request.hasPrefix("GET /metrics ") else {
                return ScriptedServer.page("", status: "404 Not Found")
            }
            let look = looks.withLock { looks in
                looks += 1
                return looks
            }
            func bucket(_ name: String) -> String {
                "vllm:\(name)_bucket{engine=\"0\",le=\"0.1\"} \(look * fast * answers / 10)\n"
                    + "vllm:\(name)_bucket{engine=\"0\",le=\"1.0\"} \(look * answers)\n"
                    + "vllm:\(name)_bucket{engine=\"0\",le=\"+Inf\"} \(look * answers)\n"
                    + "vllm:\(name)_sum{engine=\"0\"} \(Double(look * answers) * 0.05)\n"
                    + "vllm:\(name)_count{engine=\"0\"} \(look * answers)\n"
            }
            return ScriptedServer.page(
                "vllm:num_requests_running{engine=\"0\"} 3\nvllm:num_requests_waiting{engine=\"0\"} 0\n"
                    + "vllm:generation_tokens_total{engine=\"0\"} \(look * 100)\n"
                    + bucket("time_to_first_token_seconds"))
        }
    }
}

/// `/proc`, as a test makes it up: processes that were called so, and the port on which each listens.
struct MadeUpMachine {
    let root: String

    init(_ root: String, _ servers: [(command: [String], port: Int)]) throws {
        self.root = root
        let files = FileManager.default
        try? files.removeItem(atPath: root)
        try files.createDirectory(atPath: root + "/net", withIntermediateDirectories: true)
        var table = "  sl  local_address rem_address st\n"
        for (number, server) in servers.enumerated() {
            let folder = "\(root)/\(100 + number)"
            try files.createDirectory(atPath: folder + "/fd", withIntermediateDirectories: true)
            try Data(server.command.joined(separator: "\0").utf8).write(
                to: URL(fileURLWithPath: folder + "/cmdline"))
            try Data("\(100 + number) (x) S 1 1".utf8).write(to: URL(fileURLWithPath: folder + "/stat"))
            try files.createSymbolicLink(
                atPath: folder + "/fd/3", withDestinationPath: "socket:[\(500 + number)]")
            let port = String(server.port, radix: 16, uppercase: true)
            table +=
                "   \(number): 0100007F:\(String(repeating: "0", count: 4 - port.count))\(port) 00000000:0000 0A "
                + "00000000:00000000 00:00000000 00000000  0        0 \(500 + number) 1\n"
        }
        try Data(table.utf8).write(to: URL(fileURLWithPath: root + "/net/tcp"))
    }
}
