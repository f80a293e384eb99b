import Glibc

/// The simulated endpoint, in a process of its own. Ends with the last reference.
struct Endpoint {
    let url: String
    private var program: Program

    static func start(_ options: String..., in scratch: Scratch) async throws -> Endpoint {
        try await start(port: "0", options, in: scratch)
    }

    private static func start(port: String, _ options: [String], in scratch: Scratch) async throws -> Endpoint
    {
        let program = try Program(["simulate", "--port", port] + options, in: scratch)
        let url: String = try await Poll.until("the simulator's address", seen: { program.error }) {
            let line = program.output
            return line.hasSuffix("\n") ? line.split(separator: " ").first.map(String.init) : nil
        }
        return Endpoint(url: url, program: program)
    }

    /// Ends the process, and starts another at the same address.
    mutating func restart(in scratch: Scratch) async throws {
        try await stop()
        let port = url.split(separator: ":").last.map(String.init) ?? ""
        program = try await Self.start(port: port, [], in: scratch).program
    }

    /// Ends the process; nobody is at its address any more.
    func stop() async throws {
        program.send(SIGKILL)
        _ = try await program.end()
    }

    /// host:port, as the screen names it.
    var label: String { String(url.dropFirst("http://".count)) }

    /// Small and quick.
    static let short = [
        "--dwell", "1s", "--warmup", "200ms", "--input-tokens", "32", "--output-tokens", "8", "--seed", "1",
    ]
}
