import Foundation
import System

/// The processes of this machine and the ports on which they listen, by the files below a root folder (`/proc`).
package struct ProcessTable: Sendable {
    package struct Process: Hashable, Sendable {
        package var id: Int
        package var parent: Int?
        /// The program and its arguments; nil where it can't be seen.
        package var command: [String]
        /// Addresses and ports on which it listens.
        package var listens: Set<Socket>
        /// Whether its open files can be seen: without, nothing is known of its ports.
        package var isOpen: Bool
    }

    package struct Socket: Hashable, Sendable {
        /// As in `127.0.0.1` or `::1`; `0.0.0.0` and `::` are all of the machine's.
        package var address: String
        package var port: Int

        package init(address: String, port: Int) {
            self.address = address
            self.port = port
        }
    }

    package private(set) var processes: [Int: Process] = [:]
    /// All sockets that somebody listens on, whosever they are.
    package private(set) var sockets: Set<Socket> = []

    /// More than a machine runs of what is looked for.
    private static let mostProcesses = 65_536
    private static let longestCommand = 16_384

    package init(root: String = "/proc") {
        let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap(
            Int.init)
        // In a container, or a network of its own, a process has its own table.
        var tables: [String: [String: Socket]] = [:]
        let own = Self.listening(root + "/net")
        sockets = Set(own.values)
        let ownNetwork = Self.link("\(root)/self/ns/net")
        for id in numbers.sorted().prefix(Self.mostProcesses) {
            let folder = "\(root)/\(id)"
            let command = Self.command(folder)
            // A thread of the kernel.
            guard !command.isEmpty else { continue }
            let inodes = Self.inodes(folder)
            var table = own
            if let network = Self.link("\(folder)/ns/net"), network != ownNetwork {
                let known = tables[network] ?? Self.listening("\(folder)/net")
                tables[network] = known
                table = known
            }
            processes[id] = Process(
                id: id, parent: Self.parent(folder), command: command,
                listens: Set((inodes ?? []).compactMap { table[$0] }), isOpen: inodes != nil)
        }
    }

    /// The process and those that it came from: the one that listens often isn't the one that computes.
    package func family(of id: Int) -> Set<Int> { Set(line(of: id)) }

    /// The same, each behind the one that came from it.
    func line(of id: Int) -> [Int] {
        var line = [id]
        while let parent = processes[line[line.count - 1]]?.parent, parent > 1, !line.contains(parent) {
            line.append(parent)
        }
        return line
    }

    /// The ports of the process, of those that it came from, and, where its parent is a server, of its siblings.
    package func ports(of id: Int) -> Set<Int> {
        var relatives = family(of: id)
        if let parent = processes[id]?.parent, let command = processes[parent]?.command,
            ServerFinder.kind(command) != nil
        {
            relatives.formUnion(processes.values.lazy.filter { $0.parent == parent }.map(\.id))
        }
        return Set(relatives.flatMap { processes[$0]?.listens.map(\.port) ?? [] })
    }

    // MARK: Files

    private static func command(_ folder: String) -> [String] {
        guard let bytes = PlainFile.read(folder + "/cmdline", limit: longestCommand) else { return [] }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The fourth word of `stat`; a name, in brackets, may hold blanks and brackets.
    private static func parent(_ folder: String) -> Int? {
        guard let bytes = PlainFile.read(folder + "/stat", limit: 4_096),
            let behind = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let words = bytes[(behind + 1)...].split(separator: UInt8(ascii: " "))
        return words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) : nil
    }

    /// nil where they may not be seen.
    private static func inodes(_ folder: String) -> [String]? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder + "/fd") else {
            return nil
        }
        return names.compactMap { name in
            guard let target = link("\(folder)/fd/\(name)"), target.hasPrefix("socket:[") else { return nil }
            return String(target.dropFirst("socket:[".count).dropLast())
        }
    }

    private static func link(_ path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    }

    /// By inode.
    private static func listening(_ folder: String) -> [String: Socket] {
        var sockets: [String: Socket] = [:]
        for file in ["tcp", "tcp6"] {
            guard let bytes = PlainFile.read("\(folder)/\(file)", limit: 16 << 20) else { continue }
            for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() {
                let words = line.split(separator: UInt8(ascii: " ")).map {
                    String(decoding: $0, as: UTF8.self)
                }
                // 0A: it listens.
                guard words.count > 9, words[3] == "0A", let socket = socket(words[1]) else { continue }
                sockets[words[9]] = socket
            }
        }
        return sockets
    }

    /// `0100007F:1F90`: words of four bytes, each with the least significant first.
    static func socket(_ text: String) -> Socket? {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let port = Int(parts[1], radix: 16), [8, 32].contains(parts[0].count) else {
            return nil
        }
        var bytes: [UInt8] = []
        var rest = parts[0]
        while !rest.isEmpty {
            guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
            rest = rest.dropFirst(8)
        }
        if bytes.count == 16, bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) {
            bytes.removeFirst(12)
        }
        if bytes.count == 4 {
            return Socket(address: bytes.map(String.init).joined(separator: "."), port: port)
        }
        if bytes.allSatisfy({ $0 == 0 }) { return Socket(address: "::", port: port) }
        if bytes.dropLast().allSatisfy({ $0 == 0 }) && bytes[15] == 1 {
            return Socket(address: "::1", port: port)
        }
        let groups = stride(from: 0, to: 16, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        return Socket(address: groups.joined(separator: ":"), port: port)
    }
}
