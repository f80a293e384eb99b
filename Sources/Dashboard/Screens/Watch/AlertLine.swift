import Canvas
import Charts
import Measure

/// The second line: the worst of what stands, then the budget; or how well all is.
struct AlertLine {
    private let scene: WatchScene
    private let open: [Alert]
    private let seen: Int

    init(_ scene: WatchScene) {
        self.scene = scene
        let alerts = Alert.all(in: scene.watch)
        open = alerts.filter { !scene.screen.seen.has($0) }
        seen = alerts.count - open.count
    }

    var segments: [Segment] {
        var segments = scene.screen.cursor.map { [lookingBack(to: $0)] } ?? []
        segments += count.map { [$0] } ?? []
        // In the order of the worst, and of each who has any all together.
        var subjects: [Alert.Subject] = []
        for alert in open where !subjects.contains(alert.subject) { subjects.append(alert.subject) }
        for (place, subject) in subjects.prefix(6).enumerated() {
            if let segment = segment(of: subject, priority: 8 - place) { segments.append(segment) }
        }
        if subjects.isEmpty, scene.screen.cursor == nil { segments.append(calm) }
        if seen > 0 { segments.append(Segment("\(seen) seen", role: .inactive, priority: 1)) }
        return segments + budget
    }

    private func lookingBack(to cursor: Moment) -> Segment {
        let age = WatchSpan.words(max(0, scene.snapshot.at - cursor))
        return Segment(
            "looking back at \(scene.clock(cursor)), \(age) ago: Esc returns to now",
            short: "at \(scene.clock(cursor)), Esc: now", role: .warn, .bold, priority: 11, shortenAt: 5)
    }

    /// How many endpoints and GPUs have something against them.
    private var count: Segment? {
        func subjects(_ weight: Diagnosis.Weight) -> Int {
            Set(open.filter { $0.weight == weight }.map(\.subject)).count
        }
        let red = subjects(.red)
        if red > 0 {
            return Segment(
                "\(Character(scene.glyphs.bad)) \(red) \(red == 1 ? "ALERT" : "ALERTS")", role: .bad,
                [.bold, .reverse], priority: 10)
        }
        guard !open.isEmpty else { return nil }
        let yellow = subjects(.yellow)
        return Segment(
            "\(Character(scene.glyphs.warn)) \(yellow) \(yellow == 1 ? "caution" : "cautions")", role: .warn,
            .bold, priority: 10)
    }

    /// `▲ :8002 KV 97 %, 11 preemptions/min since 14:05:12`; alone on the line a whole sentence.
    private func segment(of subject: Alert.Subject, priority: Int) -> Segment? {
        let alerts = open.filter { $0.subject == subject }
        let role = alerts.map(\.weight).max()?.role ?? .warn
        guard case .source(let id) = subject, let (name, index) = scene.name(of: id) else {
            let words = alerts.map(\.sentence.text).joined(separator: ", ")
            let short = alerts.compactMap(\.gpuBrief).joined(separator: ", ")
            return Segment(
                scene.glyphs.fit(words), short: scene.glyphs.fit(short), role: role, priority: priority,
                shortenAt: min(priority, 4))
        }
        let server = scene.servers[index]
        // The budget speaks for itself at the line's end.
        let named = scene.budget == nil ? alerts : alerts.filter { !$0.isOfBudget }
        let briefs = named.map { $0.brief(server) }
        guard !named.isEmpty else { return nil }
        let since = named.compactMap(\.since).min().map { " since \(scene.clock($0))" } ?? ""
        let isAlone = named.count == 1
        return Segment(
            scene.glyphs.fit(
                "\(name) \(isAlone ? named[0].sentence.text : briefs.joined(separator: ", "))\(since)"),
            // One that tells a long story must not leave the line without a name.
            short: scene.glyphs.fit(
                "\(name) \(Harmless.text(briefs.prefix(2).joined(separator: ", "), limit: 36))"), role: role,
            priority: priority, shortenAt: min(priority, 4))
    }

    private var calm: Segment {
        let servers = scene.servers
        guard !servers.isEmpty else { return Segment("looking for servers", role: .inactive, priority: 8) }
        guard servers.contains(where: { $0.facts?.minute.elapsed != nil }) else {
            return Segment("the first readings are on their way", role: .inactive, priority: 8)
        }
        let isIdle = servers.allSatisfy { server in
            server.facts.map { $0.minute.meanLoad ?? $0.scrape.running ?? 0 == 0 } ?? true
        }
        if isIdle { return Segment("idle: no requests now", role: .inactive, priority: 8) }
        return Segment(
            "\(Character(scene.glyphs.good)) nothing stands against them", role: .good, priority: 8)
    }

    /// The limits that are looked at, and which endpoints break them.
    private var budget: [Segment] {
        guard let budget = scene.budget else { return [] }
        let limits = scene.limits
        var broken: [String] = []
        var all: [Attainment] = []
        for (index, server) in scene.servers.enumerated() where !server.isSilent {
            let its = (server.facts?.attainments ?? []).filter { limits.contains($0.limit) }
            all += its
            if LatencyBudget.verdict(of: its) == .broken {
                broken.append("\(scene.sign(of: index)) \(scene.label(of: server))")
            }
        }
        let verdict = LatencyBudget.verdict(of: all)
        let text =
            scene.screen.limit == nil
            ? Harmless.text(budget.text, limit: 60) : limits.map(\.name).joined()
        var words = verdict.sign(scene.glyphs) + " " + verdict.word
        if verdict == .broken {
            words = verdict.sign(scene.glyphs) + " " + broken.prefix(3).joined(separator: " ")
            if broken.count > 3 { words += " and \(broken.count - 3) more" }
        }
        return [
            Segment(
                scene.glyphs.fit("budget \(text) \(words.trimmed)"),
                short: scene.glyphs.fit("budget \(words.trimmed)"), role: verdict.role, priority: 9,
                shortenAt: 3)
        ]
    }
}

extension Alert {
    enum Subject: Hashable {
        case source(SourceID)
        case gpu(GPUID)
    }

    var subject: Subject {
        switch name {
        case .server(let id, _, _), .page(let id, _): .source(id)
        case .gpu(let id, _): .gpu(id)
        }
    }

    var isOfBudget: Bool {
        if case .server(_, .budgetBroken, _) = name { true } else { false }
    }

    fileprivate var gpuBrief: String? {
        guard case .gpu(_, let diagnosis) = name, let gpu = gpuName?.text else { return nil }
        return switch diagnosis {
        case .lost: "\(gpu) lost"
        case .hot: "\(gpu) too hot"
        case .braked: "\(gpu) braked"
        case .powerCapped: "\(gpu) power-capped"
        }
    }

    /// In a few words, where several stand side by side.
    func brief(_ server: ServerSnapshot) -> String {
        guard case .server(_, let diagnosis, _) = name, let facts = server.facts else {
            return sentence.text
        }
        let (now, minute) = (facts.scrape, facts.minute)
        return switch diagnosis {
        case .gone: "GONE"
        case .notServing: "up, but not serving"
        case .canaryFails: "canary fails"
        case .budgetBroken: "budget broken"
        case .errors: "\(Format.wholePercent(minute.errorShare)) errors"
        case .preempting: "\(Format.grouped(minute.preemptionsPerSecond.map { $0 * 60 })) preemptions/min"
        case .kvFull, .kvHigh: "KV \(Format.wholePercent(now.kvUsage))"
        case .queueGrows: "\(Format.grouped(now.waiting)) wait, growing"
        case .queueBound: "queue \(Format.duration(facts.quarterHour.queue?.mean))"
        case .loadShed: "turns requests away"
        case .transfersFail: "KV transfers fail"
        case .overLoadLine: "above its load line"
        case .engineApart: "an engine apart"
        case .serverApart: "apart from the others"
        case .deferred: "\(Format.grouped(now.waitingForOthers)) deferred"
        case .prefillStarves: "prefill starves decode"
        case .hitRateFell: "hits \(Format.wholePercent(facts.fiveMinutes.prefixHitRate))"
        case .acceptanceFell: "drafts \(Format.wholePercent(facts.fiveMinutes.speculation?.acceptance))"
        case .restarted: "restarted"
        case .asleep, .truncated, .cacheUseless, .speculationUseless: sentence.text
        }
    }
}
