import Canvas
import Charts
import Measure

/// What the shell's lines say of a watch.
extension WatchScreen {
    func status(_ scene: WatchScene) -> SegmentLine {
        let watch = scene.snapshot.watch
        let session = scene.snapshot.session
        var left = [Segment(Harmless.text(session.host, limit: 30), role: .inactive, priority: 1)]
        let servers = watch.servers.count
        left.append(
            Segment(
                servers == 1 ? "1 endpoint" : "\(servers) endpoints", short: "\(servers) ep", priority: 4,
                shortenAt: 2))
        if let gpus = watch.gpus?.scrape.count, gpus > 0 {
            left.append(
                Segment(gpus == 1 ? "1 GPU" : "\(gpus) GPUs", short: "\(gpus) GPU", priority: 3, shortenAt: 2)
            )
        }
        if let interval = session.watch?.interval {
            left.append(Segment("every \(Format.duration(interval))", role: .inactive, priority: 0))
        }
        return SegmentLine(left: left, right: [Segment(span.name, role: .highlight, priority: 6)])
    }

    /// The worst of what stands, then the budget; or how well all is.
    func verdict(_ scene: WatchScene) -> [Segment] {
        if let cursor { return lookingBack(to: cursor, scene) }
        let alerts = Alert.all(in: scene.snapshot.watch)
        let open = alerts.filter { !seen.has($0) }
        var segments: [Segment] = []
        if let count = count(open, scene) { segments.append(count) }
        for (place, alert) in open.prefix(4).enumerated() {
            segments.append(
                Segment(
                    sentence(alert, scene), role: alert.weight == .red ? .bad : .warn,
                    priority: 8 - place, shortenAt: nil))
        }
        if segments.isEmpty { segments.append(calm(scene)) }
        if open.count < alerts.count {
            segments.append(Segment("\(alerts.count - open.count) seen", role: .inactive, priority: 1))
        }
        return segments + budget(scene)
    }

    private func lookingBack(to cursor: Moment, _ scene: WatchScene) -> [Segment] {
        let age = WatchSpan.words(max(0, scene.snapshot.at - cursor))
        return [
            Segment(
                "looking back at \(scene.clock(cursor)), \(age) ago: Esc returns to now",
                short: "at \(scene.clock(cursor)), Esc: now", role: .warn, .bold, priority: 9)
        ]
    }

    private func count(_ open: [Alert], _ scene: WatchScene) -> Segment? {
        let red = open.filter { $0.weight == .red }.count
        if red > 0 {
            return Segment(
                "\(Character(scene.glyphs.bad)) \(red == 1 ? "1 ALERT" : "\(red) ALERTS")", role: .bad,
                [.bold, .reverse], priority: 10)
        }
        guard !open.isEmpty else { return nil }
        return Segment(
            "\(Character(scene.glyphs.warn)) \(open.count == 1 ? "1 caution" : "\(open.count) cautions")",
            role: .warn, .bold, priority: 10)
    }

    private func sentence(_ alert: Alert, _ scene: WatchScene) -> String {
        let source: SourceID
        switch alert.name {
        case .server(let id, _, _), .page(let id, _): source = id
        case .gpu: return scene.glyphs.fit(alert.sentence.text)
        }
        let name = scene.name(of: source)?.text ?? ""
        let since = alert.since.map { " since \(scene.clock($0))" } ?? ""
        return scene.glyphs.fit("\(name) \(alert.sentence.text)\(since)")
    }

    private func calm(_ scene: WatchScene) -> Segment {
        let servers = scene.servers
        guard !servers.isEmpty else {
            return Segment("looking for servers", role: .inactive, priority: 8)
        }
        guard servers.contains(where: { $0.facts != nil }) else {
            return Segment("the first readings are on their way", role: .inactive, priority: 8)
        }
        let isIdle = servers.allSatisfy {
            $0.facts.map { $0.minute.meanLoad ?? $0.scrape.running ?? 0 == 0 } ?? true
        }
        if isIdle { return Segment("idle: no requests now", role: .inactive, priority: 8) }
        return Segment(
            "\(Character(scene.glyphs.good)) nothing stands against them", role: .good, priority: 8)
    }

    /// The limits that are looked at, and which endpoints break them.
    private func budget(_ scene: WatchScene) -> [Segment] {
        guard let budget = scene.budget else { return [] }
        let limits = scene.limits
        var broken: [String] = []
        var all: [Attainment] = []
        for (index, server) in scene.servers.enumerated() {
            let its = (server.facts?.attainments ?? []).filter { limits.contains($0.limit) }
            all += its
            if LatencyBudget.verdict(of: its) == .broken {
                broken.append("\(scene.sign(of: index)) \(scene.label(of: server))")
            }
        }
        let verdict = LatencyBudget.verdict(of: all)
        let text = limit == nil ? Harmless.text(budget.text, limit: 60) : limits.map(\.name).joined()
        let sign =
            verdict == .idle
            ? "idle"
            : verdict == .held || verdict == .undecided
                ? "\(verdict.sign(scene.glyphs)) \(verdict.word)" : verdict.sign(scene.glyphs)
        let who =
            broken.isEmpty
            ? "" : " " + broken.prefix(3).joined(separator: " ") + (broken.count > 3 ? " …" : "")
        return [
            Segment(
                scene.glyphs.fit("budget \(text) \(sign)\(who)"),
                short: scene.glyphs.fit("budget \(sign)\(who)"),
                role: verdict.role, priority: 9, shortenAt: 3)
        ]
    }

    func alerts(_ scene: WatchScene) -> SegmentLine? { urgentAlerts(scene) }

    func urgentAlerts(_ scene: WatchScene) -> SegmentLine? {
        scene.recordingFailure.map { SegmentLine(left: [$0]) }
    }

    func health(_ scene: WatchScene) -> [Segment] {
        guard !isReplay, let last = scene.servers.compactMap(\.lastReading).max() else { return [] }
        let age = scene.snapshot.at - last
        // While readings come as they should there's nothing to say of them.
        guard age > 3 * scene.interval, !scene.snapshot.ended else { return [] }
        return [Segment("last reading \(WatchSpan.words(age)) ago", role: .warn, priority: 9)]
    }

    func offer(_ row: KeyTable.Row, _ scene: WatchScene) -> KeyTable.Row? {
        var row = row
        switch row.bindings.first?.command {
        case .mark where isReplay || scene.isOver: return nil
        case .older: row.short = "\(Character(scene.glyphs.left))\(Character(scene.glyphs.right))"
        case .budget where scene.budget == nil: return nil
        case .acknowledge where !Alert.all(in: scene.snapshot.watch).contains(where: { !seen.has($0) }):
            return nil
        case .open where isOpen: row.word = "close"
        case .sort where !scene.hasSeveral: return nil
        case .filter where !scene.hasSeveral: return nil
        default: break
        }
        return row
    }
}
