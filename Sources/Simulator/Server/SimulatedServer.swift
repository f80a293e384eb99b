import Measure
import NIOCore
import NIOPosix
import System

/// An OpenAI-compatible inference server with a known truth.
///
/// Routes: `POST /v1/chat/completions`, `POST /v1/completions`, `GET /v1/models`, `/health`, `/metrics`
/// (vLLM's names), `/truth` (`?since=NANOSECONDS`, `?requests=none`) and `/truth/reset`.
package final class SimulatedServer: Sendable {
    package let settings: SimulatorSettings
    package let host: String
    /// The port on which it listens.
    package let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let parts: Parts

    /// What the event loops have between them.
    struct Parts: Sendable {
        var loops: [NIOLoopBound<ServerLoop>]
        var rooms: [NIOLoopBound<ServerRoom>]
        var engine: NIOLoopBound<BatchEngine>?
    }

    /// `http://HOST:PORT`
    package var url: String { host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)" }

    private init(
        settings: SimulatorSettings, host: String, port: Int, group: MultiThreadedEventLoopGroup,
        channel: any Channel, parts: Parts
    ) {
        self.settings = settings
        self.host = host
        self.port = port
        self.group = group
        self.channel = channel
        self.parts = parts
    }

    /// Starts listening; port 0 takes any that is free.
    ///
    /// - Throws: settings that make no sense, or an address that it can't listen at.
    package static func start(
        _ settings: SimulatorSettings, host: String = "127.0.0.1", port: Int = 0, loops: Int = 1
    ) async throws(SimulatorError) -> SimulatedServer {
        try settings.validate()
        guard (0...65_535).contains(port) else {
            throw .invalidSetting(name: "port", problem: "is not from 0 to 65535")
        }
        guard (1...256).contains(loops) else {
            throw .invalidSetting(name: "loops", problem: "is not from 1 to 256")
        }
        OpenFiles.raiseLimit()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: loops)
        do {
            let parts = try await makeParts(settings, group)
            let channel = try await listen(host, port, group, parts)
            return SimulatedServer(
                settings: settings, host: host, port: channel.localAddress?.port ?? port, group: group,
                channel: channel, parts: parts)
        } catch {
            try? await group.shutdownGracefully()
            if let error = error as? IOError, SystemError(error.errnoCode) == .addressInUse {
                throw .portInUse(host: host, port: port)
            }
            throw .cannotListen(host: host, port: port, reason: "\(error)")
        }
    }

    /// What it sent and when, until now.
    package func truth() async -> SimulatorTruth? {
        guard let room = parts.rooms.first else { return nil }
        return try? await room.eventLoop.flatSubmit { room.value.gather(keepingRequests: true) }.get()
    }

    /// What `/metrics` says now.
    package func metricsPage() async throws -> String {
        guard let room = parts.rooms.first else { return "" }
        return try await room.eventLoop.flatSubmit { room.value.page() }.get()
    }

    /// Starts the truth's counting anew.
    package func resetTruth() async {
        guard let room = parts.rooms.first else { return }
        try? await room.eventLoop.flatSubmit { room.value.reset() }.get()
    }

    /// Closes everything; whatever is being answered ends there.
    package func stop() async {
        try? await channel.close()
        for loop in parts.loops { try? await loop.eventLoop.submit { loop.value.closeAll() }.get() }
        // They know each other; without this they would keep each other.
        for room in parts.rooms { try? await room.eventLoop.submit { room.value.loops = [] }.get() }
        if let engine = parts.engine { try? await engine.eventLoop.submit { engine.value.loops = [] }.get() }
        try? await group.shutdownGracefully()
    }

    private static func makeParts(
        _ settings: SimulatorSettings, _ group: MultiThreadedEventLoopGroup
    ) async throws -> Parts {
        let counters = SharedCounters()
        var parts = Parts(loops: [], rooms: [], engine: nil)
        if case .batching(let model) = settings.mode {
            let first = group.any()
            parts.engine = try await first.submit {
                NIOLoopBound(
                    BatchEngine(model: model, settings: settings, eventLoop: first, counters: counters),
                    eventLoop: first)
            }.get()
        }
        // The engine's own event loop comes first.
        var eventLoops = group.makeIterator().map(\.self)
        if let engine = parts.engine {
            eventLoops.removeAll { $0 === engine.eventLoop }
            eventLoops.insert(engine.eventLoop, at: 0)
        }
        for (number, eventLoop) in eventLoops.enumerated() {
            let engine = parts.engine
            let (loop, room) = try await eventLoop.submit {
                let loop = ServerLoop(
                    number: number, eventLoop: eventLoop, settings: settings, counters: counters,
                    engine: engine)
                let room = ServerRoom(
                    eventLoop: eventLoop, settings: settings, counters: counters, engine: engine)
                return (
                    NIOLoopBound(loop, eventLoop: eventLoop), NIOLoopBound(room, eventLoop: eventLoop)
                )
            }.get()
            parts.loops.append(loop)
            parts.rooms.append(room)
        }
        let loops = parts.loops
        for room in parts.rooms { try await room.eventLoop.submit { room.value.loops = loops }.get() }
        if let engine = parts.engine {
            try await engine.eventLoop.submit { engine.value.loops = loops }.get()
        }
        return parts
    }

    private static func listen(
        _ host: String, _ port: Int, _ group: MultiThreadedEventLoopGroup, _ parts: Parts
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4_096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let number = parts.loops.firstIndex(where: { $0.eventLoop === channel.eventLoop })
                    else { throw ChannelError.operationUnsupported }
                    try channel.pipeline.syncOperations.addHandler(
                        Connection(loop: parts.loops[number].value, server: parts.rooms[number]))
                }
            }
            .bind(host: host, port: port).get()
    }
}
