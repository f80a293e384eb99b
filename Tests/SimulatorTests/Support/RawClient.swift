import Glibc

/// A blocking socket that hides nothing: what came, and how it ended.
final class RawClient {
    enum End {
        /// The wanted bytes have come.
        case satisfied
        case closed, reset
        /// Nothing came for the time allowed.
        case silent
    }

    struct Unreachable: Error {}

    private let descriptor: Int32
    private(set) var bytes: [UInt8] = []
    private(set) var reads = 0

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Unreachable() }
    }

    deinit { Glibc.close(descriptor) }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    func post(_ path: String, _ body: String, headers: String = "") {
        send(
            "POST \(path) HTTP/1.1\r\nhost: x\r\n\(headers)content-length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Reads until `enough` is satisfied.
    @discardableResult
    func read(seconds: Double = 10, until enough: ([UInt8]) -> Bool = { _ in false }) -> End {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !enough(bytes) {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard Glibc.poll(&poll, 1, Int32(seconds * 1_000)) > 0 else { return .silent }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 { return .reset }
            if count == 0 { return .closed }
            reads += 1
            bytes += buffer[..<count]
        }
        return .satisfied
    }

    /// Reads one whole response.
    @discardableResult
    func readResponse() -> End {
        // Parsing at every read would take the square of the time. A head may end like the last chunk does: with
        // a length of 530.
        read { bytes in
            if bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8) { return Response(prefixOf: bytes).isComplete }
            return bytes.count < 8_192 && Response(prefixOf: bytes).isWhole
        }
    }

    /// Reads one whole response and forgets the bytes.
    @discardableResult
    func takeResponse() -> Response {
        readResponse()
        defer { bytes = [] }
        return Response(prefixOf: bytes)
    }
}
