package import Measure

/// Looks at a server's page of metrics before and after a window, and tells whether it restarted in between.
///
/// Before the window opens and after it has closed: a server makes the page on the same threads that send
/// tokens, and with some that takes milliseconds.
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
    /// nil: not known.
    private var last: ServerLife?
    private let clock: any TimeSource
    private var pages: PageReader
    /// Who is told what the pages say, while anybody is.
    private var taker: (any EntryTaker)?

    /// - Parameters:
    ///   - paths: where the page may be, the likeliest first.
    ///   - calendar: seconds since 1970.
    ///   - scrubber: for what the server calls its series.
    /// - Returns: nil when there is no such page: then a restart shows in refused connections only.
    package init?(
        id: SourceID = SourceID(0), name: Shown = "metrics", paths: [String],
        calendar: @escaping @Sendable () -> Double, clock: any TimeSource = SystemTime(),
        scrubber: Scrubber = .withoutSecrets, fetch: @escaping Fetch
    ) async {
        for path in paths {
            let reply = await fetch(path)
            // A server that doesn't answer one of them won't answer the next.
            if reply == .noAnswer || reply == .refused { return nil }
            guard case .page(let bytes) = reply else { continue }
            let life = ServerLife(MetricsPage(parsing: bytes), readAt: calendar())
            guard life.startedAt != nil || !life.counters.isEmpty else { continue }
            info = SourceInfo(id: id, name: name)
            self.path = path
            self.clock = clock
            pages = PageReader(source: id, scrubber: scrubber)
            self.fetch = fetch
            self.calendar = calendar
            last = life
            return
        }
        return nil
    }

    /// Says what each page that is looked at had on it, until it is cancelled.
    package func run(into taker: any EntryTaker) async {
        self.taker = taker
        for await _ in AsyncStream<Never>.makeStream().stream {}
        self.taker = nil
    }

    /// Remembers how the server is now: a window is about to open.
    package func remember() async {
        guard case .page(let bytes) = await fetch(path) else {
            last = nil
            return
        }
        last = await life(on: bytes)
    }

    /// Whether it is another process than at the last `remember`, or gone.
    package func hasRestarted() async -> Bool {
        let reply = await fetch(path)
        guard case .page(let bytes) = reply else { return reply == .refused }
        let before = last
        let life = await life(on: bytes)
        last = life
        return before.map { life.isNewborn(since: $0) } ?? false
    }

    private func life(on bytes: [UInt8]) async -> ServerLife {
        let page = MetricsPage(parsing: bytes)
        let life = ServerLife(page, readAt: calendar())
        if let taker, let reading = try? pages.read(bytes, at: clock.now()) {
            await taker.take(.reading(reading))
        }
        return life
    }
}
