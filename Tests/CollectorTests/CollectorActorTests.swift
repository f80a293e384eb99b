import Measure
import Synchronization
import Testing

@testable import Collector

@Suite("The collector")
struct CollectorActorTests {
    /// Time by hand.
    final class Clock: TimeSource {
        private let moment = Mutex(Moment.zero)
        func now() -> Moment { moment.withLock { $0 } }
        func set(_ value: Moment) { moment.withLock { $0 = value } }
    }

    /// What the recorder would have got.
    final class Tap: EntrySink {
        struct Taken {
            var batches: [SampleBatch] = []
            var events: [ControlEvent] = []
            var results: [LevelResult] = []
            var order = ""
        }
        private let taken = Mutex(Taken())
        var all: Taken { taken.withLock { $0 } }
        func take(_ entry: SessionEntry) {
            taken.withLock {
                switch entry {
                case .batch(let batch):
                    $0.batches.append(batch)
                    $0.order += "b"
                case .event(let event):
                    $0.events.append(event)
                    $0.order += "e"
                case .reading: $0.order += "t"
                case .result(let result):
                    $0.results.append(result)
                    $0.order += "r"
                }
            }
        }
    }

    let clock = Clock()
    let tap = Tap()
    let heard = Heard()

    func collector(loops: Int = 1) async -> Collector {
        let collector = Collector(
            ledger: Books(loops: loops).ledger, sink: tap, clock: clock, cpuTime: { 0 })
        await heard.listen(to: collector)
        let start = LevelStart(endpoint: first, level: 0, load: .users(1), planned: nil)
        await collector.take(.event(.levelStarted(start, at: .zero)))
        return collector
    }

    func batch(_ streams: [Stream], upTo: Moment, loop: UInt16 = 0) -> SampleBatch {
        SampleBatch(
            loop: loop, upTo: upTo, arrivals: streams.flatMap(\.arrivals),
            requests: streams.compactMap(\.record))
    }

    @Test("a window opens where nothing has come in yet: no token is lost, none counted twice")
    func opensPastTheHighWaterMark() async throws {
        let collector = await collector()
        // Delivered already up to 250 ms; the sweep asks for a window from 200 ms.
        let stream = Stream.even(1, sent: 0, ttft: 100, gap: 10, count: 60)
        let early = stream.arrivals.filter { $0.at < at(250) }
        await collector.take(.batch(SampleBatch(loop: 0, upTo: at(250), arrivals: early)))
        let opened = await collector.openWindow(first, level: 0, notBefore: at(200))
        #expect(opened > at(250))
        await collector.take(
            .batch(
                SampleBatch(
                    loop: 0, upTo: at(800), arrivals: stream.arrivals.filter { $0.at >= at(250) },
                    requests: [try #require(stream.record)])))
        await collector.closeWindow(first, level: 0, at: at(1000))
        await collector.explainWindow(first, level: 0, WindowCircumstances())
        await collector.take(.batch(SampleBatch(loop: 0, upTo: at(1100))))
        let level = try #require(heard.take(first).first)
        let expected = stream.arrivals.filter { $0.at >= opened }.count
        #expect(level.windowTokens == Double(expected))
        #expect(level.windowStart == opened)
    }

    @Test("a window asked for later opens then, not sooner")
    func opensLater() async {
        let collector = await collector()
        #expect(await collector.openWindow(first, level: 0, notBefore: at(5000)) == at(5000))
    }

    @Test("a window closes past what was counted: its length fits its tokens")
    func closesPastTheHighWaterMark() async throws {
        let collector = await collector()
        let opened = await collector.openWindow(first, level: 0, notBefore: at(10))
        // While the sweep made up its mind to close at 100 ms, a batch up to 150 ms came in.
        await collector.take(
            .batch(batch([.even(1, sent: 20, ttft: 10, gap: 10, count: 12)], upTo: at(150))))
        await collector.closeWindow(first, level: 0, at: at(100))
        await collector.explainWindow(first, level: 0, WindowCircumstances())
        await collector.take(.batch(batch([], upTo: at(300))))
        let level = try #require(heard.take(first).first)
        #expect(level.windowTokens == 12)
        #expect(level.windowEnd > at(140))
        #expect(level.throughput.mean == 12 / (level.windowEnd - opened).inSeconds)
        #expect(tap.all.events.contains(.windowClosed(first, level: 0, at: level.windowEnd, cpu: 0)))
    }

    @Test("the tap gets everything once, in the order taken, results behind the batch that made them")
    func tap() async {
        let collector = await collector()
        await collector.take(.batch(batch([.even(1, sent: 0, ttft: 1, gap: 1, count: 3)], upTo: at(100))))
        _ = await collector.openWindow(first, level: 0, notBefore: at(100))
        await collector.closeWindow(first, level: 0, at: at(200))
        await collector.explainWindow(
            first, level: 0, WindowCircumstances(cutShort: true, openedSteady: false))
        await collector.take(.batch(batch([], upTo: at(300))))
        #expect(tap.all.order == "ebeeebr")
        let trust = tap.all.results.first?.trust ?? []
        #expect(trust.contains(.cutShort) && trust.contains(.unsteady))
    }

    @Test("finished levels are handed out once, to whoever asks for their endpoint")
    func finishedOnce() async {
        let collector = await collector()
        _ = await collector.openWindow(first, level: 0, notBefore: at(100))
        await collector.closeWindow(first, level: 0, at: at(200))
        await collector.explainWindow(first, level: 0, WindowCircumstances())
        #expect(heard.take(first).isEmpty)
        await collector.take(.batch(batch([], upTo: at(300))))
        #expect(heard.take(second).isEmpty)
        #expect(heard.take(first).count == 1)
        #expect(heard.take(first).isEmpty)
    }

    @Test("a snapshot shows the phases of a level as they pass")
    func phases() async {
        let collector = await collector()
        func phase() async -> Phase? { await collector.snapshotNow().endpoints.first?.phase }
        #expect(await phase() == .warmingUp(since: .zero))
        let opened = await collector.openWindow(first, level: 0, notBefore: at(100))
        #expect(await phase() == .measuring(since: opened))
        await collector.closeWindow(first, level: 0, at: at(200))
        await collector.explainWindow(first, level: 0, WindowCircumstances())
        #expect(await phase() == .between)
        await collector.take(.batch(batch([], upTo: at(300))))
        await collector.take(.event(.sweepEnded(first, reason: .planDone, at: at(300))))
        #expect(await phase() == .done(.planDone))
        let snapshot = await collector.snapshotNow()
        #expect(snapshot.endpoints.first?.levels.count == 1)
        #expect(snapshot.endpoints.first?.live == nil)
    }

    @Test("snapshots are made now and then, not for every batch; an event shows at once")
    func snapshotsNowAndThen() async {
        let collector = await collector()
        clock.set(at(1000))
        await collector.take(.batch(batch([], upTo: at(1000))))
        clock.set(at(1050))
        await collector.take(.batch(batch([.even(1, sent: 0, ttft: 1, gap: 1, count: 3)], upTo: at(1050))))
        #expect(collector.snapshots.current.at == at(1000))
        #expect(collector.snapshots.current.endpoints.first?.completed == 0)
        await collector.take(.event(.marked(note: "here", at: at(1050))))
        #expect(collector.snapshots.current.at == at(1050))
        #expect(collector.snapshots.current.marks.map(\.note) == ["here"])
        #expect(collector.snapshots.current.endpoints.first?.completed == 1)
        clock.set(at(1251))
        await collector.take(.batch(batch([], upTo: at(1251))))
        #expect(collector.snapshots.current.at == at(1251))
    }
}
