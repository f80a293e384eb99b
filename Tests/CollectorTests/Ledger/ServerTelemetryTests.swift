import Measure
import Testing

@testable import Collector

/// What a level says of its server and GPUs, by readings that are made up.
@Suite struct ServerTelemetryTests {
    private static let server = SourceID(5)
    private static let gpus = SourceID(6)

    /// A vLLM with four requests of a second each for everybody's users, and 100 tokens a second for each.
    private struct Page {
        var at: Double
        var running = 4.0
        var waiting = 0.0
        /// Since the server began.
        var ended: Double
        var tokens: Double
        var kv = 0.5
        var preemptions = 0.0
        var queueSeconds: Double
        var start = 10.0

        /// Everything goes on evenly.
        init(_ at: Double, ended perSecond: Double = 4) {
            self.at = at
            ended = 1_000 + (perSecond * at).rounded(.down)
            tokens = 100_000 + 100 * perSecond * at
            queueSeconds = 30 + 0.02 * (perSecond * at).rounded(.down)
        }

        var reading: Reading {
            let values: [(Shown, Double)] = [
                ("process_start_time_seconds", start),
                ("vllm:num_requests_running{engine=\"0\"}", running),
                ("vllm:num_requests_waiting{engine=\"0\"}", waiting),
                ("vllm:kv_cache_usage_perc{engine=\"0\"}", kv),
                ("vllm:num_preemptions_total{engine=\"0\"}", preemptions),
                ("vllm:generation_tokens_total{engine=\"0\"}", tokens),
                ("vllm:request_success_total{engine=\"0\",finished_reason=\"length\"}", ended),
                ("vllm:time_to_first_token_seconds_sum{engine=\"0\"}", 2.5 * queueSeconds),
                ("vllm:time_to_first_token_seconds_count{engine=\"0\"}", ended),
                ("vllm:request_queue_time_seconds_sum{engine=\"0\"}", queueSeconds),
                ("vllm:request_queue_time_seconds_count{engine=\"0\"}", ended),
            ]
            return Reading(
                source: ServerTelemetryTests.server, at: Moment(nanoseconds: .seconds(at)),
                series: values.map(\.0), values: values.map(\.1))
        }
    }

    /// Four users, each of whose answers takes a second, staggered by a quarter of one: four end each second.
    private static func answers(until seconds: Double) -> [Stream] {
        var streams: [Stream] = []
        for user in 0..<4 {
            for turn in 0..<Int(seconds) {
                let start = 1_000 * (0.25 * Double(user) + Double(turn))
                streams.append(
                    Stream(
                        UInt32(1 + user + 4 * turn), user: UInt32(user), sent: at(start),
                        chunksAt: (1...100).map { at(start + 10 * Double($0)) }, usage: 100))
            }
        }
        return streams
    }

    private struct Sweep {
        var books: Books
        var activity = LoopActivity(endpoint: first, users: 4, inFlight: 4, waiting: 0)

        init(localPort: Int? = nil, endpoints: Int = 1) {
            books = Books(endpoints: endpoints)
            let watched = WatchedServer(
                url: "http://host0", label: "host0", endpoint: first, localPort: localPort)
            books.ledger.take(
                .event(
                    .sourceJoined(
                        SourceInfo(id: server, name: "metrics", role: .server(watched)), at: .zero)))
            books.ledger.take(
                .event(.sourceJoined(SourceInfo(id: gpus, name: "GPUs", role: .gpus), at: .zero)))
        }

        /// A window from 2 s to 12 s, with these pages; the first as it opens and the last as it has closed.
        mutating func run(_ pages: [Page], each second: (Int, inout Books) -> Void = { _, _ in }) throws
            -> LevelResult
        {
            let streams = answers(until: 14)
            books.start(users: 4)
            var pages = pages[...]
            for tenth in 0..<140 {
                let (from, to) = (at(Double(tenth) * 100), at(Double(tenth + 1) * 100))
                if tenth.isMultiple(of: 10) { second(tenth / 10, &books) }
                while let page = pages.first, page.reading.at < to {
                    books.ledger.take(.reading(page.reading))
                    pages = pages.dropFirst()
                }
                if tenth == 20 { books.open(at: at(2_000)) }
                if tenth == 120 { books.close(at: at(12_000)) }
                var batch = SampleBatch(loop: 0, upTo: to, activity: [activity])
                batch.arrivals = streams.flatMap(\.arrivals).filter { from <= $0.at && $0.at < to }
                    .sorted { $0.at < $1.at }
                batch.requests = streams.compactMap(\.record).filter { from <= $0.end && $0.end < to }
                    .sorted { $0.end < $1.end }
                books.deliver(batch)
            }
            return try #require(books.results.first)
        }
    }

    private static let evenly = [1.99, 4.5, 7, 9.5, 12.01].map { Page($0) }

    // MARK: What it said

    @Test func meansAreOfTheWindow() throws {
        var sweep = Sweep()
        var pages = Self.evenly
        pages[1].waiting = 3
        pages[2].kv = 0.9
        for index in 2..<5 { pages[index].preemptions = 2 }
        let told = try #require(try sweep.run(pages).telemetry)
        #expect(abs((told.queue ?? 0) - 20e6) < 1 && abs((told.ttft ?? 0) - 50e6) < 1)
        #expect(told.waitingMax == 3 && told.kvMax == 0.9 && told.preemptions == 2)
        #expect(told.prefixHitRate == nil && told.acceptance == nil, "it doesn't say")
        #expect(told.noEnergy == .elsewhere)
    }

    @Test func withoutReadingsThereIsNone() throws {
        var sweep = Sweep()
        #expect(try sweep.run([]).telemetry == nil)
    }

    /// The page hung as the window opened: what was said long before is of another level.
    @Test func readingsFarFromTheWindowAreNotOfIt() throws {
        var late = Sweep()
        #expect(try late.run([Page(0.1), Page(6), Page(12.01)]).telemetry != nil, "two seconds are near")
        var early = Sweep()
        #expect(try early.run([Page(1.99), Page(6)]).telemetry == nil)
    }

    // MARK: Whose it was

    @Test func allOursIsNotForeign() throws {
        var sweep = Sweep()
        let result = try sweep.run(Self.evenly)
        #expect(result.telemetry?.foreign == nil && !result.trust.contains(.foreignLoad))
    }

    @Test func twiceAsManyEnded() throws {
        var sweep = Sweep()
        let result = try sweep.run([1.99, 4.5, 7, 9.5, 12.01].map { Page($0, ended: 7.2) })
        let foreign = try #require(result.telemetry?.foreign)
        #expect(abs((foreign.requestsPerSecond ?? 0) - 3.2) < 0.2)
        #expect(result.trust.contains(.foreignLoad))
        #expect(result.label(of: .foreignLoad) == "foreign \(foreign.words)")
    }

    @Test func othersThatNeverEnd() throws {
        var sweep = Sweep()
        var pages = Self.evenly
        for index in pages.indices { pages[index].running = 7 }
        let foreign = try #require(try sweep.run(pages).telemetry?.foreign)
        #expect(foreign.requestsOut == 3)
    }

    /// One look of five finds somebody.
    @Test func whoComesOnceIsNoLoad() throws {
        var sweep = Sweep()
        var pages = Self.evenly
        pages[2].running = 9
        #expect(try sweep.run(pages).telemetry?.foreign == nil)
    }

    @Test func tokensThatArentOurs() throws {
        var sweep = Sweep()
        var pages = Self.evenly
        for (index, page) in pages.enumerated() { pages[index].tokens += 60 * page.at }
        let foreign = try #require(try sweep.run(pages).telemetry?.foreign)
        #expect(abs((foreign.tokensPerSecond ?? 0) - 60) < 40)
    }

    @Test func aRestartSaysNothingOfOthers() throws {
        var sweep = Sweep()
        var pages = Self.evenly.map { page in
            var page = page
            page.ended *= 2
            return page
        }
        for index in 2..<5 {
            pages[index].start = 16
            pages[index].ended = 10 * Double(index)
        }
        #expect(try sweep.run(pages).telemetry?.foreign == nil)
    }

    /// Two endpoints of the session on one server: together they are all that it has.
    @Test func fellowsOnOneServerAreOurs() throws {
        var sweep = Sweep()
        var other = EndpointInfo(
            id: second, url: "http://host0/other/v1", label: "other", model: "m", dialect: "chat")
        other.templateCacheTokens = nil
        sweep.books.ledger.take(.event(.endpointFound(other, at: .zero)))
        var pages = Self.evenly
        for index in pages.indices { pages[index].running = 7 }
        let result = try sweep.run(pages) { second, books in
            let theirs = LoopActivity(endpoint: CollectorTests.second, users: 3, inFlight: 3, waiting: 0)
            books.deliver(
                SampleBatch(loop: 0, upTo: at(Double(second) * 1_000), activity: [theirs]))
        }
        #expect(result.telemetry?.foreign == nil)
    }

    @Test func whatWasSeenBeforeTheLoadIsSaid() {
        var sweep = Sweep()
        let load = ForeignLoad(requestsPerSecond: 3.1, requestsOut: 12)
        sweep.books.ledger.take(.event(.serverSaid(Self.server, .others(load), at: at(10))))
        let snapshot = sweep.books.ledger.snapshot(at: at(20), cpu: nil, recording: .off)
        #expect(snapshot.endpoints[0].others == load)
        #expect(snapshot.watch.events.contains { $0.kind == "foreign" })
    }

    // MARK: GPUs

    private static func gpu(_ second: Int, watts: Double = 500) -> Reading {
        Reading(
            source: gpus, at: at(1_000 * Double(second) + 500),
            series: [
                "gpu_energy_joules_total{gpu=\"0\"}", "gpu_utilisation{gpu=\"0\"}",
                "gpu_power_violation_seconds_total{gpu=\"0\"}",
            ], values: [1e6 + watts * Double(second), 0.8, 0.25 * Double(second)])
    }

    private static func serve(_ second: Int, _ books: inout Books, _ service: GPUService, until end: Int = 20)
    {
        if second == 0 {
            books.ledger.take(.event(.gpusSaid(gpus, .serving(service), at: .zero)))
        }
        if second < end { books.ledger.take(.reading(gpu(second))) }
    }

    @Test func joulesAToken() throws {
        var sweep = Sweep(localPort: 8000)
        let told = try #require(
            try sweep.run(Self.evenly) { second, books in
                Self.serve(second, &books, GPUService(byServer: [Self.server: [0]]))
            }.telemetry)
        // 500 W for 400 tokens a second.
        #expect(abs((told.joulesPerToken ?? 0) - 1.25) < 0.001 && told.noEnergy == nil)
        #expect(abs((told.watts ?? 0) - 500) < 0.001 && abs((told.gpuUtilisation ?? 0) - 0.8) < 0.001)
        #expect(abs((told.throttledShare ?? 0) - 0.25) < 0.001)
    }

    @Test(arguments: [
        (GPUService(byServer: [SourceID(5): [0]], foreign: [0]), 20, NoEnergy.shared),
        (GPUService(), 20, .unknownGPUs), (GPUService(byServer: [SourceID(5): [0]]), 5, .gap),
        (GPUService(byServer: [SourceID(5): [0]]), 0, .notMeasured),
    ])
    func noJoules(service: GPUService, until end: Int, why: NoEnergy) throws {
        var sweep = Sweep(localPort: 8000)
        let told = try #require(
            try sweep.run(Self.evenly) { Self.serve($0, &$1, service, until: end) }.telemetry)
        #expect(told.joulesPerToken == nil && told.noEnergy == why)
    }
}
