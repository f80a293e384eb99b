import FoundationEssentials
import Glibc

/// `plimsoll simulate` in a process of its own.
final class SimulatorProcess {
    let port: UInt16
    private let child: Child

    /// - Parameter options: what kind of server: `--paced-ttft 50ms …`.
    init(_ programs: Programs, options: [String]) throws(BenchError) {
        child = try Child(
            Launch(program: programs.plimsoll, arguments: ["simulate", "--port", "0"] + options))
        try child.serve(timeout: 20) { $0.output.contains(UInt8(ascii: "\n")) }
        let line = String(decoding: child.output, as: UTF8.self)
        let address = line.split(separator: " ").first ?? ""
        guard let port = address.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw BenchError("the simulator did not start: \(line) \(child.errorText)")
        }
        self.port = port
    }

    deinit { child.signal(SIGKILL) }

    /// A server of the pace that issue 3 names: 100 tokens/s a stream.
    static func paced(_ programs: Programs, ttft: String = "50ms", tpot: String = "10ms") throws(BenchError)
        -> SimulatorProcess
    { try SimulatorProcess(programs, options: ["--paced-ttft", ttft, "--paced-tpot", tpot]) }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Forgets what was counted so far.
    func reset() throws(BenchError) { _ = try LocalHTTP.get("/truth/reset", port: port) }

    /// - Parameter requests: with the list of finished requests, which is long.
    func truth(requests: Bool = false) throws(BenchError) -> Truth {
        let body = try LocalHTTP.get(requests ? "/truth" : "/truth?requests=none", port: port)
        do { return try JSONDecoder().decode(Truth.self, from: Data(body)) } catch {
            throw BenchError("the simulator's truth can't be read: \(error)")
        }
    }

    /// Ends it and says what it used.
    func stop() throws(BenchError) -> ProcessUsage? {
        child.signal(SIGTERM)
        let now = child.seconds
        try child.serve(timeout: now + 10)
        return child.usage
    }
}
