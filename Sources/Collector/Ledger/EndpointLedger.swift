import Measure

/// One endpoint's books: what the samples so far add up to.
struct EndpointLedger: Sendable {
    var info: EndpointInfo
    private(set) var phase = Phase.discovering
    private(set) var run: LevelRun?
    private(set) var lastLevel: LevelStart?
    private(set) var levels: [LevelResult] = []
    /// Of `levels`: a recording may have them in any order, and many of them.
    private var levelNumbers: Set<Int> = []
    private(set) var timeline: Timeline

    private var completed = 0
    private var failed = 0
    private var failures: [FailureKind: Int] = [:]
    private var lastFailure: RequestFailure?
    private var lastMessages: [FailureKind: Shown] = [:]
    private var outage: Outage?
    private var open: [UInt32: OpenRequest] = [:]
    /// Counts windows, warm-ups included, so that an open request knows which one its count is of.
    private var windowNumber: UInt32 = 0
    private var activity: [UInt16: (at: Moment, users: LoopActivity)] = [:]
    /// What the levels say together; nil until somebody looks.
    private var found: (plateau: Plateau?, loadLine: LoadLine?, loadDoubt: LoadDoubt?)?
    private let context: TrustContext
    private var live: (result: LevelResult, at: Moment)?

    /// Who used its server before the load was put on.
    var others: ForeignLoad?
    private var own = OwnRequests()
    /// Readings of its server that wait for ours of that time to come in.
    private var pending: [OwnLook] = []
    private var lastLook: OwnLook?
    private static let mostPending = 1_000

    /// Histograms are summed up anew this often at most: nobody can read faster.
    private static let livePeriod = 500 * Nanoseconds.millisecond

    init(info: EndpointInfo, context: TrustContext, origin: Moment) {
        self.info = info
        self.context = context
        timeline = Timeline(origin: origin)
    }

    // MARK: Samples

    mutating func take(_ arrival: TokenArrival) {
        timeline.addTokens(Int(arrival.tokens), at: arrival.at)
        let belongs = run?.window.take(arrival) ?? false
        open[arrival.request, default: OpenRequest()]
            .add(arrival, window: belongs ? windowNumber : nil)
    }

    mutating func take(_ request: RequestRecord) {
        own.end(at: request.end)
        let tokens = open.removeValue(forKey: request.number) ?? OpenRequest()
        run?.window.take(
            request, tokens: tokens, inWindow: tokens.count(in: windowNumber), budget: context.budget)
        guard !request.wasCancelled else { return }
        run?.noteServed(request)
        timeline.addRequest(failed: !request.succeeded, at: request.end)
        if let failure = request.failure {
            failed += 1
            failures[failure.kind, default: 0] += 1
            lastFailure = failure
            lastMessages[failure.kind] = failure.message
            if failure.kind.meansGone {
                outage = Outage(
                    since: outage?.since ?? request.end, kind: failure.kind, count: (outage?.count ?? 0) + 1)
            }
        } else {
            completed += 1
            outage = nil
        }
    }

    mutating func take(_ activity: LoopActivity, loop: UInt16, at moment: Moment) {
        if let before = self.activity[loop], let then = before.users.times, let now = activity.times {
            run?.window.take(now, since: then, from: before.at, to: moment)
        }
        self.activity[loop] = (moment, activity)
        timeline.set(inFlight: sum(\.inFlight), waiting: sum(\.waiting), at: moment)
    }

    mutating func take(cpu: Nanoseconds, loop: UInt16, from: Moment, to: Moment) {
        run?.window.take(cpu: cpu, loop: loop, from: from, to: to)
    }

    mutating func take(_ standstill: StandstillWatch.Found) { run?.window.take(standstill) }

    mutating func takeLags(of batch: SampleBatch) {
        run?.window.takeLags(of: batch)
    }

    // MARK: Its server

    /// A reading of its server: running or waiting there.
    mutating func noteLook(at moment: Moment, theirs: Double?) {
        if pending.count < Self.mostPending { pending.append(OwnLook(at: moment, theirs: theirs)) }
    }

    /// The next reading by whose moment everything of ours has come in.
    mutating func nextLook(deliveredUpTo mark: Moment) -> OwnLook? {
        guard let next = pending.first, next.at + OwnLook.later <= mark else { return nil }
        pending.removeFirst()
        return next
    }

    /// What was ours then.
    func own(at moment: Moment) -> OwnLook {
        let (earlier, later) = (moment - OwnLook.earlier, moment + OwnLook.later)
        return OwnLook(
            at: moment, out: timeline.mostInFlight(from: earlier, to: later) ?? 0,
            ended: own.ended(by: moment), endedEarlier: own.ended(by: earlier),
            endedLater: own.ended(by: later))
    }

    mutating func take(_ look: OwnLook) {
        lastLook = look
        run?.take(look)
    }

    /// What its server had said as the window of the running level opened, and when that was.
    var openingOfWindow: (cut: TelemetryCut, at: Moment)? {
        guard let run, run.windowIsOpen, let cut = run.opening else { return nil }
        return (cut, run.window.start)
    }

    // MARK: Levels

    mutating func startLevel(_ start: LevelStart, at moment: Moment) {
        run = LevelRun(start: start, at: moment)
        windowNumber += 1
        lastLevel = start
        live = nil
        phase = .warmingUp(since: moment)
    }

    mutating func changeUsers(_ users: Int, at moment: Moment) {
        run?.changeUsers(users, at: moment)
        lastLevel?.load = .users(users)
    }

    /// - Parameter opening: what its server said last.
    mutating func openWindow(level: Int, at moment: Moment, cpu: Nanoseconds?, opening: TelemetryCut?) {
        guard run?.start.level == level else { return }
        run?.window = Window(start: moment, limits: LimitSamples(of: context))
        windowNumber += 1
        run?.windowIsOpen = true
        run?.cpuAtStart = cpu
        run?.opening = opening
        if let lastLook { run?.take(lastLook) }
        live = nil
        phase = .measuring(since: moment)
    }

    mutating func closeWindow(level: Int, _ closing: LevelRun.Closing) {
        guard let open = run, open.start.level == level, open.windowIsOpen, open.closing == nil else {
            return
        }
        run?.closing = closing
        run?.window.end = closing.at
        phase = .between
    }

    /// What went on around a window that has been closed.
    ///
    /// - Parameter told: what its server said of it.
    mutating func explainWindow(level: Int, _ circumstances: WindowCircumstances, told: WindowTold?) {
        guard run?.start.level == level, run?.closing != nil else { return }
        run?.closing?.circumstances = circumstances
        run?.closing?.told = told
        if let lastLook, lastLook.at == told?.to { run?.takeClosing(lastLook) }
    }

    /// The level's figures, once everything before the window's end has come in and all is known about it.
    ///
    /// - Parameter isAlone: no other endpoint is on the same server.
    mutating func finishLevel(deliveredUpTo mark: Moment, isAlone: Bool) -> LevelResult? {
        guard let run, run.isComplete(upTo: mark), let closing = run.closing,
            let circumstances = closing.circumstances
        else { return nil }
        var context = context
        context.window = circumstances
        var result = figures(of: run, at: closing.at)
        result.lag.cpuShare = cpuShare(of: run, at: closing.at, cpu: closing.cpu)
        result.findings = run.window.findings(on: result)
        result.telemetry = run.telemetry(for: result, isAlone: isAlone)
        result = result.judged(context: context)
        context.isContradicted =
            result.contradicts(levels) && levels.contains { $0.load == result.load && $0.contradicts(levels) }
        if context.isContradicted { result = result.judged(context: context) }
        adopt(result)
        return result
    }

    /// Takes a level's final figures: just now made up, or read from a recording.
    mutating func adopt(_ result: LevelResult) {
        if !levelNumbers.insert(result.level).inserted { levels.removeAll { $0.level == result.level } }
        levels.append(result)
        if run?.start.level == result.level { run = nil }
        live = nil
        found = nil
    }

    private mutating func lookAtLevels() -> (plateau: Plateau?, loadLine: LoadLine?, loadDoubt: LoadDoubt?) {
        if let found { return found }
        let standings = LoadStandings(levels)
        let now = (Plateau.find(levels: levels), standings.line, standings.doubt)
        found = now
        return now
    }

    mutating func setPhase(_ phase: Phase) {
        self.phase = phase
        switch phase {
        case .done, .failed: run = nil
        default: break
        }
    }

    /// How the running level stands; with what it says of the budget only where that is asked for.
    func progress(at now: Moment, judged: Bool) -> LevelProgress? {
        guard let run else { return nil }
        var progress = run.progress(at: now)
        if judged, run.windowIsOpen { progress.findings = run.window.findings(on: figures(of: run, at: now)) }
        return progress
    }

    private func figures(of run: LevelRun, at moment: Moment) -> LevelResult {
        run.window.result(
            endpoint: info.id, level: run.start.level, load: run.start.load, upTo: moment,
            budget: context.budget)
    }

    private func cpuShare(of run: LevelRun, at moment: Moment, cpu: Nanoseconds?) -> Double? {
        guard let cpu, let before = run.cpuAtStart, moment > run.window.start else { return nil }
        return Double(cpu - before) / Double(moment - run.window.start)
    }

    // MARK: Looking

    /// - Parameter settled: everything that happened before it has come in.
    mutating func snapshot(at now: Moment, settled: Moment, cpu: Nanoseconds?) -> EndpointSnapshot {
        if let run, live.map({ now - $0.at >= Self.livePeriod }) ?? true {
            var result = figures(of: run, at: run.closing?.at ?? settled)
            result.lag.cpuShare = cpuShare(of: run, at: run.closing?.at ?? now, cpu: run.closing?.cpu ?? cpu)
            live = (result, now)
        }
        let rates = timeline.rates(before: settled)
        let found = lookAtLevels()
        var snapshot = EndpointSnapshot(
            info: info, phase: phase, level: lastLevel, users: sum(\.users), inFlight: sum(\.inFlight),
            waiting: sum(\.waiting), tokensPerSecond: rates.tokens, requestsPerSecond: rates.requests,
            completed: completed, failed: failed, failures: failures, lastFailure: lastFailure,
            lastMessages: lastMessages,
            history: timeline.secondBins(before: settled), live: run == nil ? nil : live?.result,
            levels: levels,
            plateau: found.plateau, loadLine: found.loadLine, loadDoubt: found.loadDoubt,
            usersServed: run?.usersServed, outage: outage)
        snapshot.others = others
        return snapshot
    }

    private func sum(_ member: KeyPath<LoopActivity, Int>) -> Int {
        activity.values.reduce(0) { $0 + $1.users[keyPath: member] }
    }
}
