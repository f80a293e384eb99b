import Canvas
import Charts
import Measure

/// What the shell's lines say of a sweep.
extension SweepScreen {
    func status(_ scene: Scene) -> SegmentLine {
        guard let endpoint = scene.endpoint else {
            return SegmentLine(left: [Segment("no endpoint yet", role: .inactive, priority: 9)])
        }
        var segments: [Segment] = []
        let index = scene.endpointIndex
        if scene.hasSeveral {
            segments.append(
                Segment(
                    "\(scene.sign(of: index)) \(index + 1)/\(scene.snapshot.endpoints.count)",
                    short: scene.sign(of: index), role: .series(index), .bold, priority: 7))
        }
        segments.append(Segment(Harmless.text(endpoint.info.label, limit: 40), priority: 4))
        if !endpoint.info.model.text.isEmpty {
            segments.append(
                Segment(Harmless.text(endpoint.info.model.text, limit: 40), role: .inactive, priority: 1))
        }
        let role = Words.role(of: endpoint.phase)
        let phase = Words.phase(of: endpoint, in: scene.snapshot)
        if let level = endpoint.level, !endpoint.phase.isFinal {
            let number = Words.levelNumber(level)
            segments.append(Segment("level \(number)", short: number, .bold, priority: 8, shortenAt: 7))
            segments.append(
                Segment(
                    Format.users(endpoint.users), short: "\(endpoint.users) u", .bold, priority: 6,
                    shortenAt: 4))
        }
        segments.append(
            Segment(
                phase, short: Words.shortPhase(of: endpoint, in: scene.snapshot), role: role, .bold,
                priority: 9, shortenAt: 3))
        if let left = RemainingTime(endpoint, scene.snapshot)?.text {
            segments.append(
                Segment(left + " left", short: left, role: .inactive, priority: 6, shortenAt: 0))
        }
        return SegmentLine(left: segments, right: failed(endpoint, scene))
    }

    /// Where no other line has room for it.
    private func failed(_ endpoint: EndpointSnapshot, _ scene: Scene) -> [Segment] {
        let hasAlertLine = scene.panels[.message] != nil || scene.panels[.verdict] != nil
        guard !hasAlertLine, endpoint.failed > 0 else { return [] }
        return [Segment("! \(Format.count(endpoint.failed)) err", role: .bad, .bold, priority: 7)]
    }

    func verdict(_ scene: Scene) -> [Segment] { Verdict.segments(scene) }
    func alerts(_ scene: Scene) -> SegmentLine? { Alerts.line(in: scene) }
    func urgentAlerts(_ scene: Scene) -> SegmentLine? { Alerts.urgent(in: scene) }

    func health(_ scene: Scene) -> [Segment] {
        // Nobody reads these five times a second.
        let reviewed = scene.endpoint.flatMap { scene.reviewed(in: $0) }
        let lag = reviewed?.lag ?? scene.charts.lag
        let level = reviewed.map { " at \($0.load.words)" } ?? ""
        var claim: [Segment] = []
        if let band = scene.band, PerUserRows.place(in: scene.panels[.throughput]) == .messageLine {
            claim = [
                Segment(
                    "\(band.rawValue) \(PerUserRows.words(band)) a user", short: PerUserRows.words(band),
                    role: .inactive, priority: 7, shortenAt: 1)
            ]
        }
        return claim + [
            Segment(
                "own lag p99\(level) \(Format.duration(lag.timerP99).padded(to: 6))", role: .inactive,
                priority: 9),
            Segment("to read \(Format.duration(lag.readP99).padded(to: 6))", role: .inactive, priority: 6),
            Segment("to send \(Format.duration(lag.sendP99).padded(to: 6))", role: .inactive, priority: 7),
            Segment("CPU \(Format.percent(lag.cpuShare).padded(to: 5))", role: .inactive, priority: 8),
        ]
    }

    /// "1-5", "1-7", "1-5 8": of the panels that have something to show.
    private static func digits(_ parts: SweepParts) -> String {
        let digits = SweepLayout.kinds.filter(parts.have).compactMap(\.digit).sorted()
        let straight = digits.enumerated().prefix { $0.element == $0.offset + 1 }.count
        return (["1-\(straight)"] + digits.dropFirst(straight).map { "\($0)" }).joined(separator: " ")
    }

    func offer(_ row: KeyTable.Row, _ scene: Scene) -> KeyTable.Row? {
        let isDone = scene.isOver || scene.endpoint?.phase.isFinal == true
        if row.steers, isReplay || isDone { return nil }
        var row = row
        switch row.bindings.first?.command {
        case .older: row.short = "\(Character(scene.glyphs.left))\(Character(scene.glyphs.right))"
        case .freeze where isReplay: row.word = scene.isFrozen ? "thaw" : "freeze view"
        case .panel: row.short = Self.digits(SweepParts(scene.snapshot))
        // While the load is paused, the key that lets it go on comes first.
        case .steer(.pause) where scene.endpoint?.phase == .paused:
            row.word = "go on"
            row.footerRank = 0
        default: break
        }
        return row
    }
}
