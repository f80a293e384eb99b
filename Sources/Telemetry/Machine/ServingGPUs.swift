package import Measure

/// Which GPUs serve which endpoint: by the processes that hold their memory, and the ports on which those, or the ones
/// that they came from, listen.
package struct ServingGPUs: Hashable, Sendable {
    /// By the port, GPUs' indices.
    package private(set) var byPort: [Int: Set<Int>] = [:]
    /// GPUs that work for somebody else, too: a process of which no port can be seen, or none at all.
    package private(set) var foreign: Set<Int> = []

    private static let little = 0.02

    /// - Parameter ports: of the endpoints on this machine.
    package init(_ gpus: [GPUFigures], _ table: ProcessTable, ports: Set<Int>) {
        for gpu in gpus {
            for (process, bytes) in gpu.processes {
                // A desktop has a little of it.
                if let bytes, let total = gpu.memoryTotal, bytes < Self.little * total { continue }
                // In a container, numbers may be another machine's to us: then it is nobody's.
                let served = table.ports(of: process).intersection(ports)
                if served.isEmpty { foreign.insert(gpu.index) }
                for port in served { byPort[port, default: []].insert(gpu.index) }
            }
        }
    }

    /// - Parameter servers: and the ports on which they listen.
    package func service(of servers: [SourceID: Int]) -> GPUService {
        GPUService(
            byServer: servers.compactMapValues { byPort[$0]?.sorted() }, foreign: foreign.sorted())
    }
}
