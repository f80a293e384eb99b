/// What servers and GPUs say of themselves, at one moment: of a watch, and beside a sweep.
package struct WatchSnapshot: Sendable {
    /// In the order of joining.
    package var servers: [ServerSnapshot]
    package var gpus: GPUsSnapshot?
    /// The oldest first, and only the last thousand.
    package var events: [WatchEvent]

    package init(servers: [ServerSnapshot] = [], gpus: GPUsSnapshot? = nil, events: [WatchEvent] = []) {
        self.servers = servers
        self.gpus = gpus
        self.events = events
    }
}

/// One server at one moment.
package struct ServerSnapshot: Sendable {
    package enum Status: Hashable, Sendable {
        /// Nothing has come yet.
        case waiting
        case up
        /// Its page tells nothing now; the last figures stand.
        case trouble(PageTrouble, since: Moment)
        /// Nothing came for a while; the last figures stand.
        case gone(since: Moment)
        /// It is no longer looked at.
        case left
    }

    package var id: SourceID
    package var info: WatchedServer
    package var kind: ServerKind
    package var model: Shown?
    /// Its name and version, where it says them.
    package var server: Shown?
    package var status: Status
    package var lastReading: Moment?
    /// What the rules look at: its figures over several spans; nil before the first reading.
    package var facts: WatchFacts?
    package var session: ServerFigures?
    package var engines: [EngineSnapshot]
    /// What stands against it, the worst first.
    package var findings: [Finding]
    package var loadLine: LineBeside?
    package var joulesPerToken: Result<Double, NoEnergy>
    /// The GPUs that serve it, by their indices in the source that knows; nil where that can't be seen.
    package var gpus: [Int]?
    package var gpuSource = SourceID(0)
    /// With the moments at which they ended, the oldest first, and only the last 400: six hours of one a minute.
    package var canaries: [(at: Moment, answer: CanaryAnswer)]
    /// All of the session.
    package var canaryCount: CanaryCount
    /// For charts, and for what was at some moment.
    package var past: any ServerPast

    package init(id: SourceID, info: WatchedServer, past: any ServerPast) {
        self.id = id
        self.info = info
        self.past = past
        kind = .other
        status = .waiting
        engines = []
        findings = []
        joulesPerToken = .failure(.notMeasured)
        canaries = []
        canaryCount = CanaryCount()
    }
}

/// One of several engines of a server.
package struct EngineSnapshot: Sendable {
    package var name: Shown
    package var scrape: ServerFigures
    package var minute: ServerFigures

    package init(name: Shown, scrape: ServerFigures, minute: ServerFigures) {
        self.name = name
        self.scrape = scrape
        self.minute = minute
    }
}

extension ServerSnapshot {
    package func isServed(by gpu: GPUFigures) -> Bool {
        gpuSource == gpu.source && gpus?.contains(gpu.index) ?? false
    }
}

/// All GPUs at one moment, whoever tells of them.
package struct GPUsSnapshot: Sendable {
    /// Since the reading before, and over the last minute. A card that two sources see is one.
    package var scrape: [GPUFigures]
    package var minute: [GPUFigures]
    /// This machine's own first, then in the order of joining.
    package var sources: [GPUSourceSnapshot]
    package var service: GPUService
    /// By whose indices that is.
    package var serviceSource = SourceID(0)
    package var findings: [GPUFinding]
    package var past: any GPUPast

    package init(past: any GPUPast) {
        self.past = past
        scrape = []
        minute = []
        sources = []
        service = GPUService()
        findings = []
    }

    /// Whether it works for somebody else, too.
    package func isForeign(_ gpu: GPUFigures) -> Bool {
        serviceSource == gpu.source && service.foreign.contains(gpu.index)
    }

    /// Why some can't be read; of several sources each with its name.
    package var trouble: Shown? {
        let words: [Shown] = sources.compactMap { source in
            source.trouble.map { sources.count > 1 ? "\(source.name): \($0)" : $0 }
        }
        return words.dropFirst().reduce(words.first) { all, next in all.map { "\($0); \(next)" } }
    }
}

/// One of those that tell of GPUs.
package struct GPUSourceSnapshot: Hashable, Sendable {
    package var id: SourceID
    package var name: Shown
    package var lastReading: Moment?
    /// Why they can't be read, though they are there.
    package var trouble: Shown?

    package init(id: SourceID, name: Shown, lastReading: Moment? = nil, trouble: Shown? = nil) {
        self.id = id
        self.name = name
        self.lastReading = lastReading
        self.trouble = trouble
    }
}

/// Something that happened, for the list of events.
package struct WatchEvent: Hashable, Sendable {
    package var at: Moment
    /// Whose; nil: the session's.
    package var source: SourceID?
    /// As in the tables: "restarted", "gone", "kv-full", "kv-full-over", "mark".
    package var kind: String
    package var weight: Diagnosis.Weight
    package var text: Shown

    package init(at: Moment, source: SourceID?, kind: String, weight: Diagnosis.Weight, text: Shown) {
        self.at = at
        self.source = source
        self.kind = kind
        self.weight = weight
        self.text = text
    }
}

/// A server's past, as far as it is kept: six hours, at falling resolution.
package protocol ServerPast: Sendable {
    /// What was between each two points of a span, the oldest first: as a chart has it. Dear over long spans.
    ///
    /// - Parameter engine: its name; nil: all of the server.
    func course(since moment: Moment, engine: String?) -> [(at: Moment, figures: ServerFigures)]
    /// Over the span that ends at a moment; nil before the first reading.
    func figures(overLast span: Nanoseconds, at moment: Moment, engine: String?) -> ServerFigures?
    /// - Parameter budget: what its figures are held against.
    func standing(at moment: Moment, budget: LatencyBudget?) -> ServerStanding
}

extension ServerPast {
    /// By its figures alone.
    package func standing(at moment: Moment, budget: LatencyBudget?) -> ServerStanding {
        ServerStanding(of: self, at: moment, budget: budget)
    }
}

/// GPUs' past.
package protocol GPUPast: Sendable {
    /// The points of a span, each with what was since the one before, the oldest first.
    func course(since moment: Moment) -> [(at: Moment, gpus: [GPUFigures])]
    func figures(overLast span: Nanoseconds, at moment: Moment) -> [GPUFigures]
}
