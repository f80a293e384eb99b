import Client
import Measure

/// Finds out what a server is called when it appears, and which load line was measured of it: beside the looks at its
/// page, which wait for nothing.
actor ServerNaming {
    typealias Lines = @Sendable (LineSeeker) async -> RecordedLine?

    private let watched: WatchedAddress
    private let settings: ClientSettings
    private let lines: Lines
    private let clock: any TimeSource
    private var task: Task<Void, Never>?
    private var name: ServerName?
    private var line: RecordedLine?
    /// It was asked since it was last away, and said what there is to be said.
    private var isNamed = false
    private var notBefore = Moment.zero
    /// When its process began, as it said last.
    private var start: Double?

    /// One that didn't say is not asked again sooner, nor are load lines looked for: somebody may sweep it now.
    private static let pause = 60 * Nanoseconds.second
    private static let limit = 5 * Nanoseconds.second

    init(
        of watched: WatchedAddress, settings: ClientSettings, lines: @escaping Lines, clock: any TimeSource
    ) {
        self.watched = watched
        self.settings = settings
        self.lines = lines
        self.clock = clock
    }

    /// - Parameters:
    ///   - isThere: somebody answered just now. After an absence another one may have come.
    ///   - start: when its process began, where it says that: one may come in another's place between two looks.
    ///   - tell: called when the name, or the line, is another than before.
    func look(isThere: Bool, start: Double?, tell: @escaping @Sendable (ServerNews) async -> Void) {
        guard isThere else {
            (isNamed, notBefore) = (false, .zero)
            return
        }
        if let start {
            if let before = self.start, abs(start - before) > 1 { isNamed = false }
            self.start = start
        }
        guard task == nil, clock.now() >= notBefore else { return }
        notBefore = clock.now() + Self.pause
        task = Task {
            if !isNamed { await askName(tell) }
            await seekLine(tell)
            task = nil
        }
    }

    /// Until all that is being asked has been answered, or given up.
    func settle() async { await task?.value }

    /// Nothing is told any more.
    func end() async {
        task?.cancel()
        await task?.value
    }

    private func askName(_ tell: (ServerNews) async -> Void) async {
        let pages = ServerPages(watched.address, settings: settings)
        let name = await pages.name(below: watched.root, within: min(Self.limit, settings.requestTimeout))
        await pages.close()
        guard !Task.isCancelled, let name else { return }
        isNamed = true
        guard name != self.name else { return }
        self.name = name
        await tell(.named(model: name.model, server: name.server))
    }

    private func seekLine(_ tell: (ServerNews) async -> Void) async {
        let found = await lines(
            LineSeeker(url: watched.server(isHere: nil).url, model: name?.model, server: name?.server))
        guard !Task.isCancelled, let found, found != line else { return }
        line = found
        await tell(.loadLine(found))
    }
}
