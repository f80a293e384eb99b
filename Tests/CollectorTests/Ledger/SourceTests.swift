import Measure
import Synchronization
import Testing

@testable import Collector

/// Figures wait for what sources deliver, as long as these are there.
@Suite struct SourceTests {
    private static func source(_ index: Int, loops: [UInt16]) -> SourceInfo {
        SourceInfo(id: SourceID(index), name: "s", loops: loops)
    }

    @Test func theLowWaterMarkIsTheSlowestSources() {
        var marks = SourceMarks()
        #expect(marks.lowWater == nil, "nobody has joined")
        marks.join(Self.source(0, loops: [0, 1]))
        _ = marks.deliver(loop: 0, upTo: at(300))
        #expect(marks.lowWater == nil)
        _ = marks.deliver(loop: 1, upTo: at(100))
        #expect(marks.lowWater == at(100))
        marks.join(Self.source(1, loops: [2]))
        #expect(marks.lowWater == nil, "a source that joins is waited for")
        #expect(marks.deliver(loop: 2, upTo: at(50)) == nil)
        #expect(marks.lowWater == at(50))
        marks.leave(SourceID(1))
        #expect(marks.lowWater == at(100))
        #expect(marks.deliver(loop: 1, upTo: at(200)) == at(100))
        #expect(marks.loopCount == 2)
    }

    @Test func nobodyWaitsForReadings() {
        var marks = SourceMarks()
        marks.join(Self.source(7, loops: []))
        #expect(marks.lowWater == nil)
        marks.join(Self.source(0, loops: [0]))
        _ = marks.deliver(loop: 0, upTo: at(100))
        #expect(marks.lowWater == at(100))
    }

    @Test func aLevelEndsWhenTheSlowSourceHasLeft() {
        var books = Books(loops: 1)
        books.ledger.take(.event(.sourceJoined(Self.source(1, loops: [1]), at: .zero)))
        books.start()
        books.open(at: at(0))
        books.close(at: at(100))
        books.deliver(upTo: at(200))
        #expect(books.results.isEmpty)
        books.ledger.take(.event(.sourceLeft(SourceID(1), at: at(200))))
        books.deliver(upTo: at(300))
        #expect(books.results.count == 1)
    }

    private struct Script: Source {
        let info = SourceTests.source(0, loops: [0])
        func run(into taker: any EntryTaker) async {
            await taker.take(.batch(SampleBatch(loop: 0, upTo: at(200))))
        }
    }

    @Test func theCollectorLetsThemJoinAndLeave() async throws {
        let tap = CollectorActorTests.Tap()
        let collector = Collector(
            ledger: Books(loops: nil).ledger, sink: tap, clock: CollectorActorTests.Clock(), cpuTime: { 0 })
        try await collector.run(Script())
        #expect(tap.all.order == "ebe")
        #expect(
            tap.all.events == [
                .sourceJoined(SourceTests.source(0, loops: [0]), at: .zero),
                .sourceLeft(SourceID(0), at: .zero),
            ])
    }

    @Test func howLevelsStandIsToldAsSourcesDeliver() async {
        let collector = Collector(
            ledger: Books(loops: 2).ledger, sink: nil, clock: CollectorActorTests.Clock(), cpuTime: { 0 })
        let told = Mutex<[LevelProgress]>([])
        await collector.listen { news in
            guard case .progress(first, let progress) = news else { return }
            told.withLock { $0.append(progress) }
        }
        let start = LevelStart(endpoint: first, level: 3, load: .users(1), planned: nil)
        await collector.take(.event(.levelStarted(start, at: .zero)))
        await collector.take(.batch(SampleBatch(loop: 0, upTo: at(100))))
        #expect(told.withLock { $0.isEmpty }, "one has yet to deliver")
        await collector.take(.batch(SampleBatch(loop: 1, upTo: at(120))))
        #expect(told.withLock { $0.map(\.level) } == [3])
        // Nothing new from the slower one.
        await collector.take(.batch(SampleBatch(loop: 1, upTo: at(220))))
        #expect(told.withLock { $0.count } == 1)
        await collector.take(.batch(SampleBatch(loop: 0, upTo: at(200))))
        #expect(told.withLock { $0.count } == 2)
    }
}
