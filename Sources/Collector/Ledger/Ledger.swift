package import Measure

/// A session's books: a pure function of the entries that it is given, in their order. Live and in replay alike.
package struct Ledger: Sendable {
    public private(set) var session: SessionInfo
    public private(set) var isOver = false
    /// Everything taken so far happened at or before this moment.
    public private(set) var highWater: Moment
    private var endpoints: [EndpointID: EndpointLedger] = [:]
    private var order: [EndpointID] = []
    private var marks: [Mark] = []
    private var sources = SourceMarks()
    private var watch: WatchLedger
    private let figures: Figures
    private let settings: LedgerSettings
    private var recentLags = RecentLags()
    private var standstills = StandstillWatch()
    /// Each loop's CPU time at its last delivery.
    private var cpuUsed: [UInt16: Nanoseconds] = [:]

    /// Where a level's figures come from.
    package enum Figures: Sendable {
        /// The samples, live or in a file.
        case computed
        /// The file: what was shown then is shown again.
        case recorded
    }

    package init(session: SessionInfo, settings: LedgerSettings, figures: Figures = .computed) {
        self.session = session
        self.settings = settings
        self.figures = figures
        watch = WatchLedger(session)
        highWater = session.started.moment
    }

    /// Every source has delivered everything before this moment; nil while one has yet to deliver at all.
    var lowWater: Moment? { sources.lowWater }

    // MARK: Taking

    package mutating func take(_ entry: SessionEntry) {
        watch.take(entry)
        switch entry {
        case .batch(let batch): take(batch)
        case .event(let event): take(event)
        case .reading(let reading):
            highWater = max(highWater, reading.at)
            if let look = watch.look(of: reading.source) {
                endpoints[look.endpoint]?.noteLook(at: look.at, theirs: look.out)
            }
        case .result(let result): if figures == .recorded { endpoints[result.endpoint]?.adopt(result) }
        }
    }

    private mutating func take(_ batch: SampleBatch) {
        highWater = max(highWater, batch.upTo)
        let before = sources.deliver(loop: batch.loop, upTo: batch.upTo)
        recentLags.add(batch)
        // Both in order of time: a request's arrivals before its record.
        for id in order {
            endpoints[id]?.takeLags(of: batch)
        }
        if order.count == 1, let only = order.first {
            endpoints[only]?.take(batch.arrivals, of: only)
        } else {
            for arrival in batch.arrivals { endpoints[arrival.endpoint]?.take(arrival) }
        }
        for request in batch.requests { endpoints[request.endpoint]?.take(request) }
        for activity in batch.activity {
            endpoints[activity.endpoint]?.take(activity, loop: batch.loop, at: batch.upTo)
        }
        if let vitals = batch.vitals { take(vitals, of: batch, since: before) }
    }

    private mutating func take(_ vitals: LoopVitals, of batch: SampleBatch, since before: Moment?) {
        let then = cpuUsed.updateValue(vitals.threadCPU, forKey: batch.loop)
        guard let before else { return }
        let found = standstills.take(
            vitals, loop: batch.loop, of: sources.loopCount, before: before, upTo: batch.upTo)
        for id in order {
            if let then {
                endpoints[id]?.take(
                    cpu: vitals.threadCPU - then, loop: batch.loop, from: before, to: batch.upTo)
            }
            if let found { endpoints[id]?.take(found) }
        }
    }

    private mutating func take(_ event: ControlEvent) {
        highWater = max(highWater, event.at)
        switch event {
        case .sessionStarted(let info):
            session = info
            // An older program's file: its load never says that it joins.
            if let loops = info.loops {
                sources.join(
                    SourceInfo(
                        id: SourceID(0), name: "load", loops: (0..<max(0, loops)).map { UInt16(clamping: $0) }
                    ))
            }
        case .sourceJoined(let info, _):
            sources.join(info)
        case .sourceLeft(let id, _):
            sources.leave(id)
        case .endpointFound(let info, _):
            add(info)
        case .endpointFailed(let id, let message, _):
            if endpoints[id] == nil { add(EndpointInfo(unnamed: id)) }
            endpoints[id]?.setPhase(.failed(message))
        case .levelStarted(let start, let at):
            endpoints[start.endpoint]?.startLevel(start, at: at)
        case .usersChanged(let id, let users, let at):
            endpoints[id]?.changeUsers(users, at: at)
        case .windowOpened(let id, let level, let at, let cpu):
            endpoints[id]?.openWindow(level: level, at: at, cpu: cpu, opening: watch.cut(of: id))
        case .windowClosed(let id, let level, let at, let cpu):
            endpoints[id]?.closeWindow(level: level, LevelRun.Closing(at: at, cpu: cpu))
        case .windowExplained(let id, let level, let circumstances, _):
            let told = told(of: id)
            endpoints[id]?.explainWindow(level: level, circumstances, told: told)
        case .loadPaused(let id, _):
            endpoints[id]?.setPhase(.paused)
        case .loadResumed(let id, _):
            endpoints[id]?.setPhase(.between)
        case .marked(let note, let at):
            marks.append(Mark(at: at, note: note))
        case .serverSaid(let id, .others(let load), _):
            if let endpoint = watch.endpoint(of: id) { endpoints[endpoint]?.others = load }
        case .serverSaid, .gpusSaid: break
        case .sweepEnded(let id, let reason, _):
            endpoints[id]?.setPhase(.done(reason))
        case .sessionEnded:
            isOver = true
        }
    }

    /// The levels whose figures have just become final.
    package mutating func finishLevels() -> [LevelResult] {
        guard figures == .computed, let lowWater else { return [] }
        holdReadingsAgainstOurs(upTo: lowWater)
        return order.compactMap { id in
            let isAlone = fellows(of: id).count == 1
            return endpoints[id]?.finishLevel(deliveredUpTo: lowWater, isAlone: isAlone)
        }
    }

    // MARK: Servers

    /// What the server said of the window that has just been closed.
    private func told(of id: EndpointID) -> WindowTold? {
        guard let opening = endpoints[id]?.openingOfWindow, let end = endpoints[id]?.run?.closing?.at,
            opening.at <= end
        else { return nil }
        return watch.told(of: id, since: opening.cut, window: opening.at...end)
    }

    /// What a server has under way may be of all endpoints that are on it.
    private mutating func holdReadingsAgainstOurs(upTo mark: Moment) {
        for id in order {
            while var look = endpoints[id]?.nextLook(deliveredUpTo: mark) {
                for fellow in fellows(of: id) {
                    if let own = endpoints[fellow]?.own(at: look.at) { look.add(own) }
                }
                endpoints[id]?.take(look)
            }
        }
    }

    /// The endpoints on the same server, itself among them.
    private func fellows(of id: EndpointID) -> [EndpointID] {
        guard order.count > 1, let origin = endpoints[id]?.info.origin else { return [id] }
        return order.filter { endpoints[$0]?.info.origin == origin }
    }

    private mutating func add(_ info: EndpointInfo) {
        if endpoints[info.id] == nil { order.append(info.id) }
        endpoints[info.id] = EndpointLedger(
            info: info, context: settings.trust(for: info), origin: session.started.moment)
    }

    // MARK: Looking

    /// - Parameter judged: with what the running level says of the budget.
    package func progress(of endpoint: EndpointID, at now: Moment, judged: Bool = false) -> LevelProgress? {
        endpoints[endpoint]?.progress(at: now, judged: judged)
    }

    /// How every level that runs stands.
    func standings(at now: Moment) -> [(endpoint: EndpointID, progress: LevelProgress)] {
        order.compactMap { id in progress(of: id, at: now).map { (id, $0) } }
    }

    package mutating func snapshot(at now: Moment, cpu: Nanoseconds?, recording: RecordingStatus) -> Snapshot
    {
        // Rates end where the samples end, up to a batch ago: divided up to now they would read a little low.
        // Where nothing has come for long, that itself is the news.
        let known = lowWater ?? highWater
        let settled = now - known < .second ? min(now, known) : now
        var snapshot = Snapshot(
            session: session, at: now,
            endpoints: order.compactMap { endpoints[$0]?.snapshot(at: now, settled: settled, cpu: cpu) },
            marks: marks,
            budget: settings.budget ?? session.watch?.budget, recording: recording, lag: recentLags.summary,
            ended: isOver)
        snapshot.watch = watch.snapshot(at: now)
        return snapshot
    }
}

extension EndpointInfo {
    /// Scheme, host and port.
    fileprivate var origin: Substring {
        let url = url.text
        guard let host = url.firstRange(of: "://") else { return url[...] }
        return url[..<(url[host.upperBound...].firstIndex(of: "/") ?? url.endIndex)]
    }

    /// It failed before anybody said what it is: its place is all that is known.
    fileprivate init(unnamed id: EndpointID) {
        self.init(id: id, url: "", label: "endpoint \(Int(id.index) + 1)", model: "", dialect: "")
    }
}

extension EndpointLedger {
    /// All of a batch's arrivals, for the usual case of a single endpoint: looked up once.
    fileprivate mutating func take(_ arrivals: [TokenArrival], of id: EndpointID) {
        for arrival in arrivals where arrival.endpoint == id { take(arrival) }
    }
}
