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
    /// The GPUs that serve it, by their indices; nil where that can't be seen.
    package var gpus: [Int]?
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

/// All GPUs at one moment.
package struct GPUsSnapshot: Sendable {
    /// Since the reading before, and over the last minute.
    package var scrape: [GPUFigures]
    package var minute: [GPUFigures]
    package var lastReading: Moment?
    /// Why they can't be read, though they are there.
    package var trouble: Shown?
    package var service: GPUService
    package var findings: [(gpu: Int, diagnosis: GPUDiagnosis, sentence: Shown)]
    package var past: any GPUPast

    package init(past: any GPUPast) {
        self.past = past
        scrape = []
        minute = []
        service = GPUService()
        findings = []
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
}

/// GPUs' past.
package protocol GPUPast: Sendable {
    /// The points of a span, each with what was since the one before, the oldest first.
    func course(since moment: Moment) -> [(at: Moment, gpus: [GPUFigures])]
    func figures(overLast span: Nanoseconds, at moment: Moment) -> [GPUFigures]
}
