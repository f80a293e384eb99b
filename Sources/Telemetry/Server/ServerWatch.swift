package import Measure

/// Reads a server's page of metrics, says what is on it, and tells whether the server restarted during a window.
///
/// Before a window opens and after it has closed, and meanwhile at the session's pace: a server makes the page on the
/// same threads that send tokens, and with some that takes milliseconds.
package actor ServerWatch: Source {
    /// What came of asking for a page.
    package enum Reply: Hashable, Sendable {
        case page([UInt8])
        /// There was an answer, but not with a page.
        case noPage
        /// Nobody listens there.
        case refused
        /// No answer in time, or a broken one: the server may just be busy.
        case noAnswer
    }

    /// Gets the page at this path.
    package typealias Fetch = @Sendable (_ path: String) async -> Reply

    package nonisolated let info: SourceInfo
    nonisolated let path: String
    private let fetch: Fetch
    private let calendar: @Sendable () -> Double
    private let clock: any TimeSource
    private let pace: ScrapePace
    /// nil: not known.
    private var last: ServerLife?
    private var lastLook: Moment
    private var pages: PageReader
    /// Where llama.cpp tells what its places are at; nil: nowhere.
    private var slotsPath: String?
    private let turnstile = Turnstile()
    /// Who is told what the pages say, while anybody is.
    private var taker: (any EntryTaker)?
    /// What was read before anybody listened.
    private var untold: [Reading] = []
    private var isInTrouble = false

    /// A server that didn't answer isn't asked again before that, but for a window: whoever opens one would wait.
    private static let patience = 10 * Nanoseconds.second
    private static let mostUntold = 8

    /// - Parameters:
    ///   - paths: where the page may be, the likeliest first.
    ///   - calendar: seconds since 1970.
    ///   - scrubber: for what the server calls its series.
    /// - Returns: nil when there is no such page: then a restart shows in refused connections only.
    package init?(
        _ info: SourceInfo = SourceInfo(id: SourceID(0), name: "metrics"), paths: [String],
        calendar: @escaping @Sendable () -> Double, clock: any TimeSource = SystemTime(),
        pace: ScrapePace = ScrapePace(), scrubber: Scrubber = .withoutSecrets, fetch: @escaping Fetch
    ) async {
        for path in paths {
            let asked = clock.now()
            let reply = await fetch(path)
            // A server that doesn't answer one of them won't answer the next.
            if reply == .noAnswer || reply == .refused { return nil }
            guard case .page(let bytes) = reply else { continue }
            let page = MetricsPage(parsing: bytes)
            let life = ServerLife(page, readAt: calendar())
            guard life.startedAt != nil || !life.counters.isEmpty else { continue }
            self.info = info
            self.path = path
            self.clock = clock
            self.pace = pace
            pages = PageReader(source: info.id, scrubber: scrubber)
            self.fetch = fetch
            self.calendar = calendar
            last = life
            lastLook = clock.now()
            if path.hasSuffix("/metrics"), page.samples.contains(where: { $0.series.hasPrefix("llamacpp:") })
            {
                slotsPath = path.dropLast("/metrics".count) + "/slots"
            }
            if let reading = try? pages.read(bytes, at: Self.middle(of: asked, lastLook)) {
                untold = [reading]
            }
            return
        }
        return nil
    }

    /// A page is as old as half of the time that it took to come.
    private static func middle(of asked: Moment, _ came: Moment) -> Moment { asked + (came - asked) / 2 }

    /// Says what each page that is looked at had on it, until it is cancelled.
    package func run(into taker: any EntryTaker) async {
        // More may come while it listens to these.
        while !untold.isEmpty { await taker.take(.reading(untold.removeFirst())) }
        self.taker = taker
        while !Task.isCancelled {
            let wait = untilNextLook
            if wait > 0 {
                try? await Task.sleep(for: .nanoseconds(wait))
            } else {
                _ = await look()
            }
        }
        self.taker = nil
    }

    /// A window may open or close meanwhile: no longer than to the next time at which it might be due.
    private var untilNextLook: Nanoseconds {
        guard let interval = pace.interval else { return ScrapePace.outside }
        let due = lastLook + (isInTrouble ? max(interval, Self.patience) : interval)
        return min(due - clock.now(), ScrapePace.outside)
    }

    /// Remembers how the server is now: a window is about to open.
    package func remember() async {
        guard case .page(let bytes) = await look() else {
            last = nil
            return
        }
        last = ServerLife(MetricsPage(parsing: bytes), readAt: calendar())
    }

    /// Whether it is another process than at the last `remember`, or gone.
    package func hasRestarted() async -> Bool {
        let reply = await look()
        guard case .page(let bytes) = reply else { return reply == .refused }
        let before = last
        let life = ServerLife(MetricsPage(parsing: bytes), readAt: calendar())
        last = life
        return before.map { life.isNewborn(since: $0) } ?? false
    }

    /// Who else uses it while nothing of this session's is under way, by two pages about a second apart; nil: nobody,
    /// or it doesn't say.
    package func others() async -> ForeignLoad? {
        var history = ServerHistory(
            anchor: WallAnchor(moment: clock.now(), unixNanoseconds: .seconds(calendar())))
        guard let first = untold.last ?? newest else { return nil }
        _ = history.take(first)
        try? await Task.sleep(for: .nanoseconds(max(0, first.at + ScrapePace.outside - clock.now())))
        guard case .page = await look(), let second = newest, second.at > first.at else { return nil }
        _ = history.take(second)
        return history.figures(over: .scrape).flatMap(ForeignLoad.init(idle:))
    }

    // MARK: Looking

    private var newest: Reading?

    private func look() async -> Reply {
        await turnstile.pass { await self.ask() }
    }

    private func ask() async -> Reply {
        let asked = clock.now()
        let reply = await fetch(path)
        let came = clock.now()
        lastLook = came
        guard case .page(let bytes) = reply else {
            await say(reply.trouble)
            return reply
        }
        let slots = await slots()
        do throws(PageProblem) {
            let reading = try pages.read(bytes, slots: slots, at: Self.middle(of: asked, came))
            newest = reading
            isInTrouble = false
            if let taker {
                await taker.take(.reading(reading))
            } else if untold.count < Self.mostUntold {
                untold.append(reading)
            }
        } catch {
            await say(PageTrouble(words: error.words, isAnswer: true))
        }
        return reply
    }

    private func slots() async -> [UInt8]? {
        guard let slotsPath else { return nil }
        switch await fetch(slotsPath) {
        case .page(let bytes): return bytes
        // They may be turned off.
        case .noPage: self.slotsPath = nil
        case .refused, .noAnswer: break
        }
        return nil
    }

    /// Once, until the next reading.
    private func say(_ trouble: PageTrouble?) async {
        // What nobody has heard is said once somebody listens.
        guard let trouble, let taker, !isInTrouble else { return }
        isInTrouble = true
        await taker.take(.event(.serverSaid(info.id, .trouble(trouble), at: clock.now())))
    }
}

extension ServerWatch.Reply {
    fileprivate var trouble: PageTrouble? {
        switch self {
        case .page: nil
        case .noPage: PageTrouble(words: "no page of metrics any more", isAnswer: true)
        case .refused: PageTrouble(words: "nobody listens there", isAnswer: false)
        case .noAnswer: PageTrouble(words: "no answer in time", isAnswer: false)
        }
    }
}
