import Glibc

/// The few requests that the benchmark itself sends to the simulator.
enum LocalHTTP {
    static func get(_ target: String, port: UInt16) throws(BenchError) -> [UInt8] {
        let end = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard end >= 0 else { throw .system("a socket") }
        defer { close(end) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        // Nobody answers as slowly as this.
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(end, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(end, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw .system("the simulator at port \(port)") }
        let request = "GET \(target) HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
        _ = request.withCString { write(end, $0, strlen($0)) }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bodyStart(of: answer) == nil {
            let count = read(end, &buffer, buffer.count)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        guard let body = bodyStart(of: answer), answer.starts(with: "HTTP/1.1 200".utf8) else {
            throw BenchError("the simulator did not answer \(target)")
        }
        return Array(answer[body...])
    }

    /// Where the body begins; nil until all of it has come.
    private static func bodyStart(of answer: [UInt8]) -> Int? {
        guard
            let gap = answer.indices.dropLast(3).first(where: {
                answer[$0..<$0 + 4].elementsEqual("\r\n\r\n".utf8)
            })
        else { return nil }
        let head = String(decoding: answer[..<gap], as: UTF8.self).lowercased()
        let field = head.split(whereSeparator: \.isNewline).first { $0.hasPrefix("content-length:") }
        let length = field?.split(separator: " ").last.flatMap { Int($0) } ?? 0
        return answer.count >= gap + 4 + length ? gap + 4 : nil
    }
}
