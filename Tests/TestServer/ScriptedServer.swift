import Foundation
import Synchronization

/// A server that answers as a test tells it, over plain blocking sockets, one thread a connection.
package final class ScriptedServer: Sendable {
    /// What to do with one request.
    package enum Reply: Sendable {
        /// These bytes; the connection stays open.
        case answer(String)
        /// These bytes, then the connection is closed.
        case lastAnswer(String)
        /// These bytes, a pause of so many milliseconds after each part; the connection stays open.
        case parts([String], pause: Int)
        /// The first bytes, and then the second again and again, with a pause of so many milliseconds after each.
        case endless(String, String, pause: Int)
        /// Nothing, ever.
        case silence
    }

    package let port: Int
    private let listener: Int32
    private let seen = Mutex<[String]>([])
    private let accepted = Mutex(0)

    package var url: String { "http://127.0.0.1:\(port)" }
    /// All requests so far, whole.
    package var requests: [String] { seen.withLock { $0 } }

    /// Connections so far.
    package var connections: Int { accepted.withLock { $0 } }

    /// - Parameter port: a free one of the system's choice, if 0.
    package init(port: Int = 0, _ script: @escaping @Sendable (_ request: String) -> Reply) throws {
        (listener, self.port) = try Self.listen(backlog: 128, port: port)
        let thread = Thread { [self] in acceptAll(script) }
        thread.start()
    }

    /// Ends the listening; connections end with their peers.
    package func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    package static func json(_ body: String, status: String = "200 OK") -> Reply {
        .answer(
            "HTTP/1.1 \(status)\r\ncontent-type: application/json\r\ncontent-length: "
                + "\(body.utf8.count)\r\n\r\n\(body)")
    }

    /// A page of metrics, or of anything else.
    package static func page(_ text: String, status: String = "200 OK", headers: [String] = []) -> Reply {
        let head = ["HTTP/1.1 \(status)", "content-length: \(text.utf8.count)"] + headers
        return .answer(head.joined(separator: "\r\n") + "\r\n\r\n" + text)
    }

    /// A port at which nobody listens, nor will as long as this socket is open: one that was only free a moment
    /// ago may be another test's by now.
    package static func reserve() throws -> (socket: Int32, port: Int) { try listen(backlog: nil) }

    /// A socket that listens on a free port of the loopback interface.
    package static func listen(backlog: Int32?, port: Int = 0) throws -> (socket: Int32, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var reuses: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0
                    && (backlog.map { Glibc.listen(listener, $0) == 0 } ?? true)
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard isBound else { throw CocoaError(.fileNoSuchFile) }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    private func acceptAll(_ script: @escaping @Sendable (String) -> Reply) {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            accepted.withLock { $0 += 1 }
            let thread = Thread { [self] in serve(client, script) }
            thread.start()
        }
    }

    private func serve(_ client: Int32, _ script: (String) -> Reply) {
        defer { close(client) }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            received += buffer[..<count]
            while let request = Self.takeRequest(from: &received) {
                seen.withLock { $0.append(request) }
                switch script(request) {
                case .answer(let text): Self.send(text, to: client)
                case .lastAnswer(let text):
                    Self.send(text, to: client)
                    return
                case .parts(let parts, let pause):
                    for part in parts {
                        Self.send(part, to: client)
                        usleep(UInt32(pause) * 1000)
                    }
                case .endless(let start, let part, let pause):
                    var goesOn = Self.send(start, to: client)
                    while goesOn {
                        goesOn = Self.send(part, to: client)
                        usleep(UInt32(pause) * 1000)
                    }
                    return
                case .silence: break
                }
            }
        }
    }

    /// False when nobody takes it any more.
    @discardableResult
    private static func send(_ text: String, to client: Int32) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    client, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private static func takeRequest(from received: inout [UInt8]) -> String? {
        let text = String(decoding: received, as: UTF8.self)
        guard let headEnd = text.range(of: "\r\n\r\n") else { return nil }
        let head = text[..<headEnd.upperBound]
        let lengthLine = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        let length = lengthLine.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
        let total = head.utf8.count + length
        guard received.count >= total else { return nil }
        let request = String(decoding: received[..<total], as: UTF8.self)
        received.removeFirst(total)
        return request
    }
}
