import Client
import Measure

/// Finds out what a server is called when it appears, beside the looks at its page, which wait for nothing.
actor ServerNaming {
    private let watched: WatchedAddress
    private let settings: ClientSettings
    private let clock: any TimeSource
    private var task: Task<Void, Never>?
    private var name: ServerName?
    /// It was asked since it was last away, and said what there is to be said.
    private var isKnown = false
    private var notBefore = Moment.zero

    /// One that didn't say is not asked again sooner.
    private static let pause = 60 * Nanoseconds.second
    private static let limit = 5 * Nanoseconds.second

    init(of watched: WatchedAddress, settings: ClientSettings, clock: any TimeSource) {
        self.watched = watched
        self.settings = settings
        self.clock = clock
    }

    /// - Parameters:
    ///   - isThere: somebody answered just now. After an absence another one may have come.
    ///   - tell: called when the name is another than before.
    func look(isThere: Bool, tell: @escaping @Sendable (ServerNews) async -> Void) {
        guard isThere else {
            (isKnown, notBefore) = (false, .zero)
            return
        }
        guard task == nil, !isKnown, clock.now() >= notBefore else { return }
        notBefore = clock.now() + Self.pause
        task = Task {
            let pages = ServerPages(watched.address, settings: settings)
            let name = await pages.name(
                below: watched.root, within: min(Self.limit, settings.requestTimeout))
            await pages.close()
            task = nil
            guard !Task.isCancelled, let name else { return }
            isKnown = true
            guard name != self.name else { return }
            self.name = name
            await tell(.named(model: name.model, server: name.server))
        }
    }

    /// Nothing is told any more.
    func end() async {
        task?.cancel()
        await task?.value
    }
}
