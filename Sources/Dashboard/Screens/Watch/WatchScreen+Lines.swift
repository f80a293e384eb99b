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
            left.append(Segment("every \(WatchSpan.words(interval))", role: .inactive, priority: 0))
        }
        return SegmentLine(left: left, right: [Segment(span.name, role: .highlight, priority: 6)])
    }

    func verdict(_ scene: WatchScene) -> [Segment] { AlertLine(scene).segments }
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
        case .previousPage:
            guard isOpen || scene.view.maximised == .events, pages > 1 else { return nil }
            row.footerRank = 2
        case .sort where !scene.hasSeveral: return nil
        case .filter where !scene.hasSeveral: return nil
        default: break
        }
        return row
    }
}
