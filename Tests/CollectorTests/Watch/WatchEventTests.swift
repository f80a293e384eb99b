import Measure
import Testing

@testable import Collector

/// What happened, told once, at the same moments live and in replay.
@Suite struct WatchEventTests {
    private static func watched() -> WatchBooks {
        var books = WatchBooks()
        books.join(0, WatchBooks.role(8000))
        books.join(1, WatchBooks.role(8001))
        return books
    }

    @Test func aServerThatComesBackIsARowWithTwoEvents() throws {
        var books = Self.watched()
        for second in 0...10 { books.serve(0, at: Double(second)) }
        for second in 11...30 {
            books.say(0, .trouble(PageTrouble(words: "refused", isAnswer: false)), at: Double(second))
        }
        #expect(books.snapshot(at: 12).servers[0].status != .up)
        let gone = books.snapshot(at: 30)
        #expect(gone.servers[0].status == .gone(since: WatchBooks.at(10)))
        #expect(gone.servers[0].findings.map(\.diagnosis) == [.gone])
        for second in 31...40 { books.serve(0, at: Double(second)) }
        let snapshot = books.snapshot(at: 40)
        #expect(snapshot.servers.count == 2 && snapshot.servers[0].status == .up)
        let events = snapshot.events.filter { $0.source == SourceID(0) }.dropFirst()
        #expect(events.map(\.kind) == ["gone", "back"])
        // At 5 s of silence, whenever somebody looked.
        #expect(events.map(\.at) == [WatchBooks.at(15), WatchBooks.at(31)])
        #expect(events.map(\.text) == ["no answer any more: refused", "back after 21 s"])
    }

    /// Whoever looks is told what isn't written down yet.
    @Test func silenceIsSeenByLooking() {
        var books = Self.watched()
        for second in 0...10 { books.serve(0, at: Double(second)) }
        let gone = books.snapshot(at: 15.1)
        #expect(gone.servers[0].status == .gone(since: WatchBooks.at(10)))
        #expect(gone.events.last?.kind == "gone" && gone.events.last?.at == WatchBooks.at(15))
        #expect(gone.servers[0].facts?.isGone == true)
        // It had been stamped before, and came late: nothing happened.
        books.serve(0, at: 14.9)
        #expect(books.snapshot(at: 15.2).servers[0].status == .up)
        #expect(!books.snapshot(at: 15.2).kinds.contains("gone"))
    }

    @Test func aPageThatIsRefusedIsAnAnswer() throws {
        var books = Self.watched()
        for second in 0...3 { books.serve(0, at: Double(second)) }
        let trouble = PageTrouble(words: "the page was refused with 401", isAnswer: true)
        for second in 4...30 { books.say(0, .trouble(trouble), at: Double(second)) }
        #expect(books.snapshot(at: 31).servers[0].status == .trouble(trouble, since: WatchBooks.at(4)))
        // Then it falls silent.
        books.say(0, .trouble(PageTrouble(words: "refused", isAnswer: false)), at: 31)
        books.say(0, .trouble(PageTrouble(words: "refused", isAnswer: false)), at: 32)
        #expect(books.snapshot(at: 32).servers[0].status == .gone(since: WatchBooks.at(3)))
        books.serve(0, at: 33)
        let events = books.snapshot(at: 33).events.filter { $0.source == SourceID(0) }.dropFirst()
        #expect(events.map(\.kind) == ["trouble", "gone", "back"])
        #expect(events.map(\.at) == [4, 31, 33].map(WatchBooks.at))
    }

    @Test func aServerThatNeverAnswered() {
        var books = Self.watched()
        let trouble = PageTrouble(words: "refused", isAnswer: false)
        for second in 1...30 { books.say(0, .trouble(trouble), at: Double(second)) }
        #expect(books.snapshot(at: 31).servers[0].status == .trouble(trouble, since: WatchBooks.at(1)))
        books.serve(0, at: 31)
        let events = books.snapshot(at: 33).events.filter { $0.source == SourceID(0) }.dropFirst()
        #expect(events.map(\.kind) == ["trouble", "trouble-over"])
    }

    @Test func findingsBeginAndEnd() {
        var books = Self.watched()
        for second in 0...100 {
            books.serve(0, at: Double(second), kv: (20..<80).contains(second) ? 0.97 : 0.5)
        }
        let events = books.snapshot(at: 100).events.filter { $0.source == SourceID(0) }.dropFirst()
        #expect(events.map(\.kind) == ["kv-full", "kv-full-over"])
        // It was last so at 79, and is over once it has been otherwise for ten seconds.
        #expect(events.map(\.at) == [50, 89].map(WatchBooks.at))
        #expect(events.map(\.weight) == [.red, .note])
        #expect(events.map(\.text) == ["KV cache 97 % full", "over: KV cache 97 % full"])
    }

    /// What lies at its limit doesn't come and go.
    @Test func aLimitIsNoFlicker() {
        var books = Self.watched()
        for second in 0...300 {
            books.serve(0, at: Double(second), kv: second > 60 && second % 7 == 0 ? 0.84 : 0.86)
        }
        #expect(books.snapshot(at: 300).kinds == ["joined", "joined", "kv-high"])
    }

    /// Two looks with a minute in between tell nothing of that minute.
    @Test func whatNobodySawIsNotCounted() {
        var books = Self.watched()
        let refused = PageTrouble(words: "the page was refused with 503", isAnswer: true)
        for second in 0...20 { books.serve(0, at: Double(second), kv: 0.99) }
        for second in 21...80 { books.say(0, .trouble(refused), at: Double(second)) }
        for second in 81...120 { books.serve(0, at: Double(second), kv: 0.99) }
        let events = books.snapshot(at: 120).events.filter { $0.kind == "kv-full" }
        #expect(events.map(\.at) == [WatchBooks.at(111)])
    }

    @Test func aRestartIsToldOnce() {
        var books = Self.watched()
        for second in 0...9 { books.serve(0, at: Double(second), start: -500, tokens: 1e6) }
        for second in 10...400 { books.serve(0, at: Double(second), start: 9.5, tokens: Double(second)) }
        #expect(books.snapshot(at: 400).kinds == ["joined", "joined", "restarted"])
    }

    /// Each reading is of another replica than the one before.
    @Test func aSwarmIsOneEvent() {
        var books = Self.watched()
        for second in 0...100 {
            let replica = Double(second % 2)
            books.serve(
                0, at: Double(second), start: -900 - 100 * replica, tokens: 1e6 * replica + Double(second))
        }
        #expect(books.snapshot(at: 100).kinds.filter { $0 == "other-replica" }.count == 1)
    }

    /// Beside a sweep pages are read now and then: silence says nothing.
    @Test func inASweepNobodyIsGone() {
        var books = WatchBooks(anySession)
        books.join(1, WatchBooks.role(8000, endpoint: first))
        for second in [0.0, 1, 2, 60, 61, 300] { books.serve(1, at: second) }
        let snapshot = books.snapshot(at: 900)
        #expect(snapshot.servers[0].status == .up && snapshot.kinds == ["joined"])
        #expect(snapshot.servers[0].facts?.isGone == false)
    }

    /// At its usual interval nobody is gone, however long that is.
    @Test func slowIntervals() {
        var session = WatchBooks.session
        session.watch?.interval = 30 * .second
        var books = WatchBooks(session)
        books.join(0, WatchBooks.role(8000))
        for second in stride(from: 0.0, through: 300, by: 30) { books.serve(0, at: second) }
        #expect(books.snapshot(at: 389).kinds == ["joined"])
        #expect(books.snapshot(at: 391).kinds == ["joined", "gone"])
    }

    @Test func theListIsBounded() {
        var books = Self.watched()
        for second in 0..<1500 {
            books.take(.event(.marked(note: "\(second)", at: WatchBooks.at(Double(second)))))
        }
        let events = books.snapshot(at: 1500).events
        #expect(events.count == 1000 && events.last?.text == "1499" && events.last?.source == nil)
    }

    /// However often, and whenever, somebody looks: from the same entries the same follows.
    @Test func liveIsReplay() throws {
        var live = Self.watched()
        live.join(2, .gpus)
        for tick in 0..<400 {
            let second = Double(tick) / 2
            if !(60..<90).contains(second) {
                live.serve(0, at: second, waiting: second > 100 ? second : 0, kv: second > 30 ? 0.9 : 0.5)
            }
            live.serve(1, at: second + 0.1, start: second < 150 ? -500 : 149)
            if tick.isMultiple(of: 7) {
                live.read(
                    2, at: second, ["gpu_power_watts{gpu=\"0\"}": 500, "gpu_throttle_reasons{gpu=\"0\"}": 64])
            }
            for later in [0.2, 0.4, 5.5] { _ = live.snapshot(at: second + later) }
        }
        var replay = WatchBooks()
        for entry in live.entries { replay.take(entry) }
        let (one, other) = (live.snapshot(at: 200), replay.snapshot(at: 200))
        #expect(one.events == other.events && one.events.count > 8)
        #expect(one.servers.map(\.session) == other.servers.map(\.session))
        #expect(one.servers.map(\.findings) == other.servers.map(\.findings))
        #expect(one.servers.map(\.facts?.minute) == other.servers.map(\.facts?.minute))
        #expect(one.gpus?.minute == other.gpus?.minute && one.gpus?.minute.isEmpty == false)
    }
}
