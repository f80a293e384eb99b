import Glibc
import Measure
import NIOCore
import NIOPosix

/// Names to addresses, off the event loops: getaddrinfo may take its time.
enum HostResolution {
    /// All of a host's addresses, in the system's order. A name server that doesn't answer is given up after
    /// `limit`; the look-up itself can't be stopped, and ends unheard.
    static func addresses(
        of host: String, port: Int, within limit: Nanoseconds
    ) async throws(RequestFailure) -> [SocketAddress] {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: Result<[SocketAddress], RequestFailure>.self)
        let timer = loop.scheduleTask(in: .nanoseconds(limit)) {
            promise.succeed(
                .failure(
                    RequestFailure(
                        kind: .nameNotFound,
                        message: "no address for the host “\(own: host)”: no name server answered in time")))
        }
        NIOThreadPool.singleton.runIfActive(eventLoop: loop) { resolve(host: host, port: port) }
            .whenComplete { result in
                timer.cancel()
                promise.completeWith(result)
            }
        let result: Result<[SocketAddress], RequestFailure>
        do { result = try await promise.futureResult.get() } catch {
            result = .failure(RequestFailure(error, .withoutSecrets))
        }
        return try result.get()
    }

    private static func resolve(host: String, port: Int) -> Result<[SocketAddress], RequestFailure> {
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        hints.ai_protocol = CInt(IPPROTO_TCP)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, "\(port)", &hints, &list)
        guard code == 0 else {
            let text = String(cString: gai_strerror(code)).lowercased()
            return .failure(
                RequestFailure(
                    kind: .nameNotFound, message: "no address for the host “\(own: host)”: \(own: text)"))
        }
        defer { freeaddrinfo(list) }
        var found: [SocketAddress] = []
        var next = list
        while let entry = next {
            defer { next = entry.pointee.ai_next }
            guard let address = entry.pointee.ai_addr else { continue }
            switch entry.pointee.ai_family {
            case AF_INET:
                address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    found.append(SocketAddress($0.pointee))
                }
            case AF_INET6:
                address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    found.append(SocketAddress($0.pointee))
                }
            default: continue
            }
        }
        guard !found.isEmpty else {
            return .failure(
                RequestFailure(kind: .nameNotFound, message: "no address for the host “\(own: host)”"))
        }
        return .success(found)
    }
}
