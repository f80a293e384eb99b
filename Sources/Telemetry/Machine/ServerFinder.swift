package import Measure

/// Finds the inference servers of this machine without asking anybody anything: by the commands of the processes that
/// listen.
package enum ServerFinder {
    package struct Found: Hashable, Sendable {
        package var kind: ServerKind
        package var socket: ProcessTable.Socket
        /// nil where only the port speaks for it.
        package var process: Int?

        /// Where it is asked.
        package var url: String {
            let host: String =
                switch socket.address {
                case "0.0.0.0": "127.0.0.1"
                case "::": "[::1]"
                case let address where address.contains(":"): "[\(address)]"
                case let address: address
                }
            return "http://\(host):\(socket.port)"
        }
    }

    /// Where such servers listen unless they are told otherwise: tried where processes can't be seen.
    package static let usualPorts = [8000, 8001, 8080, 11_434, 23_333, 30_000]

    /// - Returns: by port; one for each process and port.
    package static func servers(in table: ProcessTable) -> [Found] {
        var found: [Int: Found] = [:]
        let parts = Dictionary(grouping: table.processes.values) { head(of: $0, in: table)?.id }
        for case (let id?, let parts) in parts {
            guard let head = table.processes[id], let kind = kind(head.command) else { continue }
            for socket in apiSockets(of: head, parts).sorted(by: {
                ($0.port, $0.address) > ($1.port, $1.address)
            }) {
                let owner = parts.filter { $0.listens.contains(socket) }.map(\.id).min()
                found[socket.port] = Found(kind: kind, socket: socket, process: owner)
            }
        }
        for socket in table.sockets.sorted(by: { ($0.port, $0.address) < ($1.port, $1.address) })
        where usualPorts.contains(socket.port) && found[socket.port] == nil {
            // Somebody else's, if it can be seen whose.
            guard !table.processes.values.contains(where: { $0.listens.contains(socket) }) else { continue }
            found[socket.port] = Found(kind: .other, socket: socket, process: nil)
        }
        return found.values.sorted { $0.socket.port < $1.socket.port }
    }

    /// The process that was called to be a server, of which this one is a part: itself, or the nearest of those that it
    /// came from. One that named itself has become a part of another, if that can be seen.
    private static func head(
        of process: ProcessTable.Process, in table: ProcessTable
    ) -> ProcessTable.Process? {
        let line = table.line(of: process.id).compactMap { table.processes[$0] }
        let known = line.filter { kind($0.command) != nil }
        return known.first { !isTitled($0.command) } ?? known.last
    }

    /// By its program, or by the module or script that an interpreter runs; never by an argument further on (an editor
    /// may have a file of that name open).
    static func kind(_ command: [String]) -> ServerKind? {
        guard let program = command.first.map(lastPart) else { return nil }
        if let kind = programs[program] { return kind }
        // Its simulator is a server with vLLM's page.
        if program == "plimsoll" { return command.dropFirst().first == "simulate" ? .vllm : nil }
        guard program.hasPrefix("python") || program == "uv" || program == "ray" else {
            return titles.first { program.hasPrefix($0.key) }?.value
        }
        let rest = command.dropFirst().prefix(6)
        if let module = rest.firstIndex(of: "-m").flatMap({
            command.indices.contains($0 + 1) ? command[$0 + 1] : nil
        }) {
            return modules.first { module == $0.key || module.hasPrefix($0.key + ".") }?.value
        }
        guard let script = rest.first(where: { !$0.hasPrefix("-") }) else { return nil }
        return programs[lastPart(script)]
    }

    private static func lastPart(_ path: String) -> String {
        // A title of one's own has no arguments, but may have blanks.
        path.split(separator: "/").last.map { String($0.prefix { $0 != " " }) } ?? path
    }

    private static let programs: [String: ServerKind] = [
        "vllm": .vllm, "llama-server": .llamacpp, "sglang": .sglang, "trtllm-serve": .tensorRT,
        "text-generation-launcher": .tgi, "text-generation-router": .tgi, "lmdeploy": .lmdeploy,
        "ollama": .ollama, "dynamo": .dynamo, "dynamo-frontend": .dynamo,
    ]

    private static let modules: [String: ServerKind] = [
        "vllm": .vllm, "sglang": .sglang, "lmdeploy": .lmdeploy, "tensorrt_llm": .tensorRT, "dynamo": .dynamo,
    ]

    private static let titles: [String: ServerKind] = ["VLLM::": .vllm, "sglang::": .sglang]

    /// A process that has renamed itself, as `VLLM::EngineCore` or `sglang::scheduler`.
    private static func isTitled(_ command: [String]) -> Bool {
        command.first.map { program in titles.keys.contains { lastPart(program).hasPrefix($0) } } ?? false
    }

    /// Servers open more ports than one, for their own parts, a worker a dozen of them; what they were told to listen on
    /// is said in the command. As long as it can't be told which is the one, none is.
    private static func apiSockets(
        of head: ProcessTable.Process, _ parts: [ProcessTable.Process]
    ) -> Set<ProcessTable.Socket> {
        let all = Set(parts.flatMap(\.listens))
        if let told = port(in: head.command), told > 0 { return all.filter { $0.port == told } }
        let usual = all.filter { usualPorts.contains($0.port) }
        guard usual.isEmpty else { return usual }
        guard head.listens.isEmpty else { return head.listens }
        let others = Set(parts.filter { !isTitled($0.command) }.flatMap(\.listens))
        return others.count == 1 ? others : []
    }

    private static func port(in command: [String]) -> Int? {
        for (place, word) in command.enumerated() {
            for option in ["--port", "--server-port", "--http-port"] {
                if word == option, place + 1 < command.count { return Int(command[place + 1]) }
                if word.hasPrefix(option + "=") { return Int(word.dropFirst(option.count + 1)) }
            }
        }
        return nil
    }
}
