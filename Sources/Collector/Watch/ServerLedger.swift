import Measure
import Telemetry

/// One watched server's books.
struct ServerLedger: Sendable {
    /// Of the source that brought it first: the same server joins again under others.
    let id: SourceID
    private(set) var info: WatchedServer
    private var history: ServerHistory
    private var log = DiagnosisLog()
    private var standings = StandingLog()
    private var facts: WatchFacts?
    private(set) var findings: [Finding] = []
    private var trouble: (what: PageTrouble, since: Moment)?
    private var isGone = false
    private var hasLeft = false
    private var joined = Moment.zero
    private var model: Shown?
    private var server: Shown?
    private var line: RecordedLine?
    private var beside: LineBeside?
    private var canaries: [(at: Moment, answer: CanaryAnswer)] = []
    private var canaryCount = CanaryCount()
    private var failingCanaries: FailingCanaries?
    /// When its counters last began anew, or others answered.
    private var lastChange: Moment?
    private var repeated: [String: Moment] = [:]
    /// What is dear, and only for those who look; nil: since something came.
    private var dear: Dear?

    private struct Dear {
        var session: ServerFigures?
        var engines: [EngineSnapshot]
        var joulesPerToken: Result<Double, NoEnergy>
    }

    private static let mostCanaries = 400
    /// Where this happens again and again, one event is enough.
    private static let quiet = 300 * Nanoseconds.second

    /// - Parameter interval: how often it is to be read, where that is known.
    init(_ id: SourceID, _ info: WatchedServer, anchor: WallAnchor, interval: Nanoseconds?) {
        self.id = id
        self.info = info
        history = ServerHistory(anchor: anchor, interval: interval ?? 0)
    }

    // MARK: Taking

    mutating func join(_ info: WatchedServer, at moment: Moment) -> [WatchEvent] {
        self.info = info
        hasLeft = false
        joined = moment
        standings.note(status, findings, at: moment)
        return [event("joined", at: moment, .note, "watched from here on")]
    }

    mutating func leave(at moment: Moment) -> [WatchEvent] {
        guard !hasLeft else { return [] }
        hasLeft = true
        standings.note(status, findings, at: moment)
        return [event("left", at: moment, .note, "no longer watched")]
    }

    /// - Parameter others: what the others of its model did over the last minute.
    mutating func take(
        _ reading: Reading, budget: LatencyBudget?, others: [ServerFigures] = []
    ) -> [WatchEvent] {
        if let last = history.last, reading.at <= last.at { return [] }
        dear = nil
        var events: [WatchEvent] = []
        if let (what, since) = trouble.take(), isTold(what, since) {
            events.append(event("trouble-over", at: reading.at, .note, "its page tells again how it is"))
        }
        let wasGone = isGone
        isGone = false
        for happened in history.take(reading) {
            switch happened {
            case .restarted, .countersFell, .otherReplica: lastChange = reading.at
            case .back:
                log.forget()
                guard wasGone else { continue }
            case .gone, .bucketsChanged: break
            }
            if let event = told(happened, at: reading.at) { events.append(event) }
        }
        var facts = history.facts(at: reading.at, budget: budget, before: facts)
        if let minute = facts?.minute {
            facts?.apartFromOthers = Apart.among([minute] + others).filter { $0.place == 0 }
        }
        beside = line.flatMap { line in facts.map { LineBeside(line, beside: $0) } }
        if beside?.share != nil { facts?.loadLine = line.map { Double($0.users) } }
        facts?.takeOwn(canaries, failing: failingCanaries, budget: budget)
        return events + look(facts)
    }

    /// It is known by then that nothing came for too long.
    mutating func pass(to now: Moment) -> [WatchEvent] {
        guard let goneAt, now > goneAt else { return [] }
        isGone = true
        _ = history.pass(to: now)
        var facts = facts
        facts?.at = goneAt
        facts?.isGone = true
        let why: Shown = trouble.map { "no answer any more: \($0.what.words)" } ?? "no answer any more"
        return [event("gone", at: goneAt, .red, why)] + look(facts)
    }

    /// When it counts as gone, if nothing comes; nil where it does, or where silence says nothing: beside a sweep it is
    /// read now and then, and a page that is refused is an answer.
    var goneAt: Moment? {
        guard !isGone, !hasLeft, info.endpoint == nil, var expected = history.expected else { return nil }
        expected = max(expected, joined + ServerHistory.patience)
        guard let trouble else { return expected }
        return trouble.what.isAnswer ? nil : max(expected, trouble.since)
    }

    mutating func take(_ news: ServerNews, at moment: Moment) -> [WatchEvent] {
        switch news {
        case .named(let model, let server):
            guard (model ?? self.model, server ?? self.server) != (self.model, self.server) else { return [] }
            self.model = model ?? self.model
            self.server = server ?? self.server
            let name = [server, model].compactMap { $0?.text }.joined(separator: ", ")
            return [event("named", at: moment, .note, Shown(recorded: name))]
        case .trouble(let what):
            return take(what, at: moment)
        case .loadLine(let line):
            self.line = line
            return []
        case .others(let load):
            return [event("foreign", at: moment, .yellow, "\(own: load.sentence)")]
        case .canary(let answer):
            return take(answer, at: moment)
        }
    }

    private mutating func take(_ what: PageTrouble, at moment: Moment) -> [WatchEvent] {
        let before = trouble
        let isSameKind = before?.what.isAnswer == what.isAnswer
        trouble = (what, isSameKind ? before?.since ?? moment : moment)
        standings.note(status, findings, at: moment)
        guard !isSameKind, isTold(what, moment) else { return [] }
        return [event("trouble", at: moment, what.isAnswer ? .yellow : .red, what.words)]
    }

    /// Who falls silent is gone soon, or it was nothing: that is told then.
    private func isTold(_ what: PageTrouble, _ since: Moment) -> Bool {
        what.isAnswer || history.first.map { since < $0.at } ?? true
    }

    /// The first failure is an event; of more a finding is made.
    private mutating func take(_ answer: CanaryAnswer, at moment: Moment) -> [WatchEvent] {
        canaries.append((moment, answer))
        if canaries.count > Self.mostCanaries { canaries.removeFirst() }
        canaryCount.add(answer)
        guard let words = answer.failure else {
            failingCanaries = nil
            return []
        }
        let before = failingCanaries
        failingCanaries = FailingCanaries(
            count: (before?.count ?? 0) + 1, since: before?.since ?? moment, words: words)
        guard before == nil else { return [] }
        return [event("canary-failed", at: moment, .yellow, "a canary failed: \(words)")]
    }

    private mutating func look(_ facts: WatchFacts?) -> [WatchEvent] {
        self.facts = facts
        guard let facts else { return [] }
        let before = findings
        findings = log.look(at: facts)
        standings.note(status, findings, at: facts.at)
        let begun = findings.filter { new in !before.contains { $0.diagnosis == new.diagnosis } }
        let over = before.filter { old in !findings.contains { $0.diagnosis == old.diagnosis } }
        return over.compactMap { finding in
            guard !finding.diagnosis.isTold else { return nil }
            return event(
                finding.diagnosis.rawValue + "-over", at: facts.at, .note, "over: \(finding.sentence)")
        }
            + begun.compactMap { finding in
                guard !finding.diagnosis.isTold else { return nil }
                return event(
                    finding.diagnosis.rawValue, at: facts.at, finding.diagnosis.weight, finding.sentence)
            }
    }

    private mutating func told(_ happened: ServerEvent, at moment: Moment) -> WatchEvent? {
        if happened.comesInSwarms {
            let last = repeated.updateValue(moment, forKey: happened.kind)
            if let last, moment - last < Self.quiet { return nil }
        }
        return event(happened.kind, at: moment, happened.weight, happened.words)
    }

    private func event(
        _ kind: String, at moment: Moment, _ weight: Diagnosis.Weight, _ text: Shown
    ) -> WatchEvent {
        WatchEvent(at: moment, source: id, kind: kind, weight: weight, text: text)
    }

    /// What it did over the last minute, and of which model; nil where it tells nothing now, or stands beside a load of
    /// this session's.
    var fellow: (model: Shown, minute: ServerFigures)? {
        guard status == .up, info.endpoint == nil, let model = shownModel, let facts else { return nil }
        return (model, facts.minute)
    }

    private var shownModel: Shown? { model ?? history.model }

    // MARK: Over a window

    var last: ServerHistory.Point? { history.last }

    /// Running or waiting, by the newest reading.
    var out: Double? {
        guard let now = facts?.scrape, let running = now.running else { return nil }
        return running + (now.waiting ?? 0)
    }

    /// Tokens as they come, and not now and then, or when a request ends.
    var countsEachStep: Bool { history.kind == .vllm }

    /// Other counters than before were read.
    func hasChanged(since moment: Moment) -> Bool { lastChange.map { $0 > moment } ?? false }

    func figures(from base: ServerHistory.Point, to point: ServerHistory.Point) -> ServerFigures? {
        history.figures(from: base, to: point)
    }

    // MARK: Looking

    /// Reckons what is dear, where that has not been done since something came.
    mutating func prepare(gpus: GPULedger?) {
        guard dear == nil, let facts else { return }
        let engines = history.engines
        dear = Dear(
            session: history.figures(over: .session),
            engines: engines.count < 2
                ? []
                : engines.compactMap { name in
                    guard let scrape = history.figures(over: .scrape, engine: name),
                        let minute = history.figures(over: .minute, engine: name)
                    else { return nil }
                    return EngineSnapshot(name: Shown(recorded: name), scrape: scrape, minute: minute)
                },
            joulesPerToken: joulesPerToken(facts.minute, gpus: gpus))
    }

    /// Over the minute that ends with its last reading.
    private func joulesPerToken(_ minute: ServerFigures, gpus: GPULedger?) -> Result<Double, NoEnergy> {
        guard let gpus, let last = history.last, let elapsed = minute.elapsed else {
            return .failure(.notMeasured)
        }
        guard info.localPort != nil else { return .failure(.elsewhere) }
        let start = last.at - elapsed
        guard let figures = gpus.figures(from: start, to: last.at) else { return .failure(.gap) }
        return gpus.service.joulesPerToken(
            of: (id, minute), gpus: figures, serverChanged: lastChange.map { $0 > start } ?? false)
    }

    /// Who works for it has changed.
    mutating func forgetEnergy() { dear = nil }

    func snapshot(gpus: GPULedger?) -> ServerSnapshot {
        var snapshot = ServerSnapshot(
            id: id, info: info, past: ToldPast(history: history, log: standings, line: line))
        snapshot.kind = history.kind
        snapshot.model = shownModel
        snapshot.server = server
        snapshot.status = status
        snapshot.lastReading = history.last?.at
        snapshot.facts = facts
        snapshot.findings = findings
        snapshot.loadLine = beside
        snapshot.gpus = gpus?.service.byServer[id]
        if let gpus { snapshot.gpuSource = gpus.id }
        snapshot.canaries = canaries
        snapshot.canaryCount = canaryCount
        if let dear {
            snapshot.session = dear.session
            snapshot.engines = dear.engines
            snapshot.joulesPerToken = dear.joulesPerToken
        }
        return snapshot
    }

    private var status: ServerSnapshot.Status {
        if hasLeft { return .left }
        if let trouble, trouble.what.isAnswer || !isGone {
            return .trouble(trouble.what, since: trouble.since)
        }
        guard let last = history.last else { return .waiting }
        return isGone ? .gone(since: last.at) : .up
    }
}
