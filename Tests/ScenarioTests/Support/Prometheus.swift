import Foundation
import FoundationNetworking
import Glibc
import System

/// Prometheus itself, in a process of its own, that scrapes one target every second. Ends with the last reference.
final class Prometheus: Sendable {
    private let process: ChildProcess
    private let url: String
    private let scratch: Scratch

    static let isInstalled = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: "\($0)/prometheus") }

    /// - Parameter target: host:port.
    static func start(scraping target: String, in scratch: Scratch) async throws -> Prometheus {
        try scratch.write(
            """
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
              - job_name: plimsoll
                static_configs: [{targets: ["\(target)"]}]
            """, to: "prometheus.yml")
        let prometheus = try Prometheus(port: try freePort(), in: scratch)
        try await Poll.until("Prometheus to be ready", seen: { scratch.text(of: "prometheus.err") }) {
            guard let url = URL(string: prometheus.url + "/-/ready") else { return false }
            let answer = try? await URLSession.shared.data(from: url).1
            return (answer as? HTTPURLResponse)?.statusCode == 200
        }
        return prometheus
    }

    private init(port: UInt16, in scratch: Scratch) throws {
        self.scratch = scratch
        url = "http://127.0.0.1:\(port)"
        process = try scratch.start(
            [
                "prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:\(port)", "--log.level=warn",
            ], environment: scratch.environment(), output: .file(scratch.file("prometheus.out")),
            error: scratch.file("prometheus.err"))
    }

    deinit { process.send(SIGKILL) }

    /// The value of an expression that has one, at a moment in seconds since 1970; nil where it has none.
    func value(_ expression: String, at seconds: Double) async throws -> Double? {
        var request = URLComponents(string: url + "/api/v1/query")
        request?.queryItems = [
            URLQueryItem(name: "query", value: expression), URLQueryItem(name: "time", value: "\(seconds)"),
        ]
        // A plus is a space there.
        let query = request?.percentEncodedQuery?.replacing("+", with: "%2B")
        request?.percentEncodedQuery = query
        guard let request = request?.url else { throw Problem("no URL of \(expression)") }
        let answer = try await URLSession.shared.data(from: request).0
        let document = try JSONSerialization.jsonObject(with: answer) as? [String: Any]
        let results = (document?["data"] as? [String: Any])?["result"] as? [[String: Any]]
        guard let results else {
            throw Problem("Prometheus said: \(String(decoding: answer, as: UTF8.self))")
        }
        guard results.count == 1 else { return nil }
        return (results[0]["value"] as? [Any])?.last.flatMap { $0 as? String }.flatMap(Double.init)
    }

    private static func freePort() throws -> UInt16 {
        let end = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard end >= 0 else { throw Problem("no socket") }
        defer { close(end) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(end, $0, length) == 0 && getsockname(end, $0, &length) == 0
            }
        }
        guard isBound else { throw Problem("no free port") }
        return UInt16(bigEndian: address.sin_port)
    }
}
