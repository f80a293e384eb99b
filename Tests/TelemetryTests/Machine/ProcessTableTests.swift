import Foundation
import Measure
import Testing

@testable import Telemetry

/// A `/proc` of its own.
private final class FakeProc {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("proc-\(UUID().uuidString)")
    private var table = "  sl  local_address rem_address   st\n"
    private var inode = 1000

    init() throws { try make("net") }

    deinit { try? FileManager.default.removeItem(at: root) }

    private func make(_ folder: String) throws {
        try FileManager.default.createDirectory(
            at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
    }

    /// - Parameter hidden: its files may not be seen.
    func add(_ id: Int, parent: Int = 1, _ command: String..., ports: [Int] = [], hidden: Bool = false) throws
    {
        try make("\(id)")
        let folder = root.appendingPathComponent("\(id)")
        try Data(command.joined(separator: "\0").utf8 + [0]).write(
            to: folder.appendingPathComponent("cmdline"))
        try Data("\(id) (a (b) c) S \(parent) 0 0".utf8).write(to: folder.appendingPathComponent("stat"))
        if !hidden { try make("\(id)/fd") }
        for port in ports {
            inode += 1
            table += "   0: 0100007F:\(String(port, radix: 16)) 00000000:0000 0A 0:0 0:0 0 0 0 \(inode) 1\n"
            // Somebody is connected to it, too.
            table += "   1: 0100007F:\(String(port, radix: 16)) 0100007F:9999 01 0:0 0:0 0 0 0 77 1\n"
            guard !hidden else { continue }
            try FileManager.default.createSymbolicLink(
                atPath: folder.appendingPathComponent("fd/\(inode)").path,
                withDestinationPath: "socket:[\(inode)]")
        }
        try Data(table.utf8).write(to: root.appendingPathComponent("net/tcp"))
    }

    func read() -> ProcessTable { ProcessTable(root: root.path) }
}

@Suite struct ProcessTableTests {
    @Test(
        arguments: [
            ("0100007F:1F90", "127.0.0.1", 8080), ("00000000:1F40", "0.0.0.0", 8000),
            ("00000000000000000000000000000000:1F40", "::", 8000),
            ("00000000000000000000000001000000:1F40", "::1", 8000),
            ("0000000000000000FFFF00000100007F:1F40", "127.0.0.1", 8000),
            ("B80D01200000000000000000010000AB:1F40", "2001:db8:0:0:0:0:ab00:1", 8000),
        ])
    func addresses(text: String, address: String, port: Int) {
        #expect(ProcessTable.socket(text) == ProcessTable.Socket(address: address, port: port))
    }

    @Test(arguments: ["", "0100007F", "0100007F:", "0100007G:1F90", "01:1F90", ":", "0100007F:ZZ"])
    func noAddress(text: String) { #expect(ProcessTable.socket(text) == nil) }

    @Test func whoListensWhere() throws {
        let proc = try FakeProc()
        try proc.add(10, "/usr/bin/vllm", "serve", ports: [8000])
        try proc.add(11, parent: 10, "VLLM::EngineCore")
        try proc.add(12, "bash")
        let table = proc.read()
        #expect(table.processes.count == 3)
        #expect(table.processes[10]?.listens == [ProcessTable.Socket(address: "127.0.0.1", port: 8000)])
        #expect(table.family(of: 11) == [10, 11])
        #expect(table.ports(of: 11) == [8000] && table.ports(of: 12) == [])
    }

    /// Several API servers, and an engine beside them.
    @Test func siblingsOfAServer() throws {
        let proc = try FakeProc()
        try proc.add(10, "vllm", "serve")
        try proc.add(11, parent: 10, "vllm", ports: [8000])
        try proc.add(12, parent: 10, "VLLM::EngineCore")
        // A shell's children have nothing to do with each other.
        try proc.add(20, "bash")
        try proc.add(21, parent: 20, "nginx", ports: [80])
        try proc.add(22, parent: 20, "python")
        let table = proc.read()
        #expect(table.ports(of: 12) == [8000] && table.ports(of: 22) == [])
    }

    @Test func thisMachineReadsWithoutHarm() { #expect(!ProcessTable().processes.isEmpty) }

    @Test func nothingThere() { #expect(ProcessTable(root: "/nowhere").processes.isEmpty) }
}

@Suite struct ServerFinderTests {
    @Test(
        arguments: [
            (["/opt/venv/bin/python3", "/opt/venv/bin/vllm", "serve", "m"], ServerKind.vllm),
            (["python3", "-m", "vllm.entrypoints.openai.api_server", "--port", "9"], .vllm),
            (["python", "-m", "sglang.launch_server", "--model", "m"], .sglang),
            (["python", "-u", "-m", "lmdeploy.cli"], .lmdeploy),
            (["./build/bin/llama-server", "-m", "x.gguf"], .llamacpp), (["sglang::scheduler_TP0"], .sglang),
            (["VLLM::EngineCore"], .vllm), (["trtllm-serve", "m"], .tensorRT),
            (["text-generation-launcher"], .tgi), (["/usr/bin/ollama", "serve"], .ollama),
        ])
    func known(command: [String], kind: ServerKind) { #expect(ServerFinder.kind(command) == kind) }

    @Test(
        arguments: [
            ["vim", "vllm"], ["grep", "llama-server"], ["python", "-c", "import vllm"],
            ["bash", "-c", "vllm serve"],
            ["python3", "train.py", "vllm"], [], ["python"], ["python", "-m"],
            ["tail", "-f", "/var/log/vllm"],
        ])
    func unknown(command: [String]) { #expect(ServerFinder.kind(command) == nil) }

    @Test func theServersOfAMachine() throws {
        let proc = try FakeProc()
        try proc.add(10, "vllm", "serve", "m", "--port", "9001", ports: [9001, 40_000])
        try proc.add(20, "llama-server", ports: [8080])
        try proc.add(30, "postgres", ports: [5432])
        // A web server on one of the ports, seen to be one.
        try proc.add(40, "nginx", ports: [8000])
        try proc.add(50, "python", "-m", "sglang.launch_server", ports: [30_000, 41_111])
        let found = ServerFinder.servers(in: proc.read())
        #expect(found.map(\.socket.port) == [8080, 9001, 30_000])
        #expect(found.map(\.kind) == [.llamacpp, .vllm, .sglang])
        #expect(found.map(\.process) == [20, 10, 50])
        #expect(found.first?.url == "http://127.0.0.1:8080")
    }

    /// A real vLLM: its worker listens at a dozen ports, none of which is anybody's business.
    @Test(arguments: [true, false]) func aWorkersPortsAreNoServers(isTold: Bool) throws {
        let proc = try FakeProc()
        let port = isTold ? 8101 : 8000
        let told = isTold ? ["--port", "8101"] : []
        func add(_ ports: [Int]) throws {
            switch told.count {
            case 2: try proc.add(10, "python3", "/v/bin/vllm", "serve", "m", told[0], told[1], ports: ports)
            default: try proc.add(10, "python3", "/v/bin/vllm", "serve", "m", ports: ports)
            }
        }
        try add([])
        try proc.add(11, parent: 10, "python3", "-c", "from multiprocessing import x")
        try proc.add(12, parent: 10, "VLLM::EngineCore", ports: [40_001])
        try proc.add(13, parent: 12, "VLLM::Worker", ports: [40_002, 40_003, 40_004])
        #expect(ServerFinder.servers(in: proc.read()).isEmpty, "it loads")
        try add([port])
        #expect(ServerFinder.servers(in: proc.read()).map(\.socket.port) == [port])
    }

    /// Who was called hands the work to another.
    @Test func aLaunchersChildListens() throws {
        let proc = try FakeProc()
        try proc.add(10, "text-generation-launcher")
        try proc.add(11, parent: 10, "router", ports: [3000])
        #expect(ServerFinder.servers(in: proc.read()).map(\.process) == [11])
    }

    /// Another user's processes: their ports can be seen, but not whose they are.
    @Test func wherePortsAreAllThatIsSeen() throws {
        let proc = try FakeProc()
        try proc.add(10, "vllm", "serve", ports: [8000, 40_000], hidden: true)
        let found = ServerFinder.servers(in: proc.read())
        #expect(
            found.map(\.socket.port) == [8000] && found.first?.kind == .other && found.first?.process == nil)
    }

    @Test(arguments: [
        ("::", "http://[::1]:8000"), ("0.0.0.0", "http://127.0.0.1:8000"),
        ("10.0.0.5", "http://10.0.0.5:8000"), ("fe80:0:0:0:0:0:0:1", "http://[fe80:0:0:0:0:0:0:1]:8000"),
    ])
    func whereItIsAsked(address: String, url: String) {
        let socket = ProcessTable.Socket(address: address, port: 8000)
        #expect(ServerFinder.Found(kind: .vllm, socket: socket, process: nil).url == url)
    }
}

@Suite struct ServingGPUsTests {
    private func gpu(_ index: Int, _ processes: [Int: Double?], joules: Double = 100) -> GPUFigures {
        var gpu = GPUFigures(index: index)
        gpu.processes = processes
        gpu.memoryTotal = 80e9
        gpu.energy = .joules(joules)
        return gpu
    }

    private func machine() throws -> ProcessTable {
        let proc = try FakeProc()
        try proc.add(10, "vllm", "serve", ports: [8000])
        try proc.add(11, parent: 10, "VLLM::EngineCore")
        try proc.add(20, "llama-server", ports: [8080])
        try proc.add(30, "python", "train.py")
        return proc.read()
    }

    private func tokens(_ count: Double) -> ServerFigures {
        var figures = ServerFigures()
        figures.generatedTokens = count
        return figures
    }

    private let servers = [SourceID(1): 8000, SourceID(2): 8080, SourceID(3): 9999]

    private func service(of gpus: [GPUFigures]) throws -> GPUService {
        ServingGPUs(gpus, try machine(), ports: [8000, 8080]).service(of: servers)
    }

    private func joules(_ server: Int, _ gpus: [GPUFigures]) throws -> Result<Double, NoEnergy> {
        try service(of: gpus).joulesPerToken(
            of: (SourceID(server), tokens(400)), gpus: gpus, serverChanged: false)
    }

    @Test func byTheProcessesOnThem() throws {
        // One of the cards has a desktop on it.
        let gpus = [gpu(0, [11: 70e9, 5: 1e9]), gpu(1, [11: 70e9]), gpu(2, [20: nil])]
        let service = try service(of: gpus)
        #expect(service == GPUService(byServer: [SourceID(1): [0, 1], SourceID(2): [2]]))
        #expect(!service.isShared(SourceID(1)))
        #expect(try joules(1, gpus) == .success(0.5))
        #expect(try joules(3, gpus) == .failure(.unknownGPUs))
    }

    @Test func twoOnOne() throws {
        let service = try service(of: [gpu(0, [11: 40e9, 20: 30e9])])
        #expect(service.isShared(SourceID(1)) && service.isShared(SourceID(2)))
    }

    /// Training beside it, or somebody's number of another machine's.
    @Test(arguments: [30, 4711])
    func somebodyElseIsOnIt(process: Int) throws {
        #expect(try joules(1, [gpu(0, [11: 40e9, process: 30e9])]) == .failure(.shared))
    }
}
