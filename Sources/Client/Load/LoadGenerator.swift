package import Measure
import NIOCore
import NIOPosix
import Wire

/// Puts load on endpoints: closed-loop users on a few event loops, each with a connection of its own.
///
/// A source: each loop hands over a batch about ten times a second.
package final class LoadGenerator: Source {
    package let info: SourceInfo
    let samples: AsyncStream<SampleBatch>
    private let delivery: AsyncStream<SampleBatch>.Continuation
    private let group: MultiThreadedEventLoopGroup
    private let workers: [NIOLoopBound<LoopWorker>]

    /// One loop serves thousands of streams; more are worth having only where cores are plenty.
    package static func recommendedLoops(cores: Int) -> Int { max(1, min(4, cores / 4)) }

    /// - Parameter loops: threads, each with its share of the users.
    /// - Throws: where an event loop has ended already.
    package init(
        id: SourceID = SourceID(0), loops: Int = LoadGenerator.recommendedLoops(cores: System.coreCount)
    ) async throws {
        let (samples, delivery) = AsyncStream.makeStream(of: SampleBatch.self)
        group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, loops))
        let counter = RequestCounter()
        var workers: [NIOLoopBound<LoopWorker>] = []
        for (index, loop) in group.makeIterator().enumerated() {
            let worker = try await loop.submit {
                let worker = LoopWorker(
                    eventLoop: loop, number: UInt16(clamping: index), counter: counter,
                    deliver: { delivery.yield($0) })
                worker.start()
                return NIOLoopBound(worker, eventLoop: loop)
            }.get()
            workers.append(worker)
        }
        self.workers = workers
        (self.samples, self.delivery) = (samples, delivery)
        info = SourceInfo(id: id, name: "load", loops: workers.indices.map { UInt16(clamping: $0) })
    }

    /// Until it has been shut down.
    package func run(into taker: any EntryTaker) async {
        for await batch in samples { await taker.take(.batch(batch)) }
    }

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

    /// One user sends one request, and nothing more when its answer has come.
    ///
    /// - Throws: once it has been shut down.
    func sendOne(to endpoint: EndpointID) async throws {
        try await onEveryLoop { worker, index in
            guard index == 0, let load = worker.load(endpoint) else { return }
            load.setUsers([0])
            load.pause()
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
        defer { delivery.finish() }
        try await onEveryLoop { worker, _ in worker.stop() }
        try await group.shutdownGracefully()
    }

    private func onEveryLoop(_ work: @escaping @Sendable (LoopWorker, Int) -> Void) async throws {
        for (index, worker) in workers.enumerated() {
            try await worker.eventLoop.submit { work(worker.value, index) }.get()
        }
    }
}
