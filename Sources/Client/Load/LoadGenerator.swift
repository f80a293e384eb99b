package import Measure
import NIOCore
import NIOPosix
import Wire

/// Puts load on endpoints: closed-loop users on a few event loops, each with a connection of its own.
///
/// Samples leave through `deliver`, a batch a loop about ten times a second, called on that loop.
package final class LoadGenerator: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let workers: [NIOLoopBound<LoopWorker>]

    /// One loop serves thousands of streams; more are worth having only where cores are plenty.
    package static func recommendedLoops(cores: Int) -> Int { max(1, min(4, cores / 4)) }

    /// - Parameters:
    ///   - loops: threads, each with its share of the users.
    ///   - deliver: gets the samples.
    /// - Throws: where an event loop has ended already.
    package init(
        loops: Int = LoadGenerator.recommendedLoops(cores: System.coreCount),
        deliver: @escaping @Sendable (SampleBatch) -> Void
    ) async throws {
        group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, loops))
        let counter = RequestCounter()
        var workers: [NIOLoopBound<LoopWorker>] = []
        for (index, loop) in group.makeIterator().enumerated() {
            let worker = try await loop.submit {
                let worker = LoopWorker(
                    eventLoop: loop, number: UInt16(clamping: index), counter: counter, deliver: deliver)
                worker.start()
                return NIOLoopBound(worker, eventLoop: loop)
            }.get()
            workers.append(worker)
        }
        self.workers = workers
    }

    /// The number of event loops: as many low-water marks the collector has to wait for.
    package var loops: Int { workers.count }

    /// Makes the endpoint known. It has no users yet.
    ///
    /// - Parameters:
    ///   - requestedTokens: the length of the answers, in tokens.
    ///   - seed: for the prompts.
    /// - Throws: once it has been shut down.
    package func add(_ endpoint: DiscoveredEndpoint, requestedTokens: Int, seed: UInt64) async throws {
        let target = endpoint.target(requestedTokens: requestedTokens, seed: seed)
        try await onEveryLoop { worker, _ in worker.add(target) }
    }

    /// Holds exactly `users` users on the endpoint. Users added start within milliseconds; users taken away
    /// end what they are at.
    ///
    /// - Throws: once it has been shut down.
    package func setUsers(_ users: Int, on endpoint: EndpointID) async throws {
        let loops = workers.count
        try await onEveryLoop { worker, index in
            let numbers = stride(from: index, to: max(0, users), by: loops).map { UInt32($0) }
            worker.load(endpoint)?.setUsers(numbers)
        }
    }

    /// Users finish what they are at and send nothing more until `resume`.
    ///
    /// - Throws: once it has been shut down.
    package func pause(_ endpoint: EndpointID) async throws {
        try await onEveryLoop { worker, _ in worker.load(endpoint)?.pause() }
    }

    /// The users begin anew, as if they had been added now.
    ///
    /// - Throws: once it has been shut down.
    package func resume(_ endpoint: EndpointID) async throws {
        try await onEveryLoop { worker, _ in worker.load(endpoint)?.resume() }
    }

    /// Ends all users, delivers the last batches and closes everything.
    ///
    /// - Throws: the second time.
    package func shutDown() async throws {
        try await onEveryLoop { worker, _ in worker.stop() }
        try await group.shutdownGracefully()
    }

    private func onEveryLoop(_ work: @escaping @Sendable (LoopWorker, Int) -> Void) async throws {
        for (index, worker) in workers.enumerated() {
            try await worker.eventLoop.submit { work(worker.value, index) }.get()
        }
    }
}
