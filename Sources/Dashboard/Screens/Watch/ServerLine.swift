import Canvas
import Charts
import Measure

/// What the selected endpoint's figures come to, in one line: what the time to the first token is made of, and how far it
/// is from its load line.
enum ServerLine {
    static func draw(
        _ scene: WatchScene, on canvas: inout Canvas, in rect: Rect
    ) {
        guard let server = scene.server else { return }
        let inner = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
        var segments = [
            Segment(
                scene.serverName, role: .series(scene.endpointIndex), .bold, priority: 9)
        ]
        if server.isSilent {
            // Why it tells nothing must be read, if only its beginning.
            let room = inner.width - TextWidth.columns(of: scene.serverName) - 3
            let words = Harmless.text(server.statusWords(scene) ?? "", limit: max(1, room))
            segments.append(
                Segment(
                    scene.glyphs.fit(server.facts == nil ? words : "\(words): the figures are the last ones"),
                    short: scene.glyphs.fit(words),
                    role: .bad, priority: 8))
        } else if let figures = server.view?.minute {
            if let split = figures.firstTokenSplit {
                let verdict = figures.slownessWords
                segments.append(
                    Segment(
                        "\(verdict): \(split.text)", short: split.text,
                        role: figures.isQueueBound ? .warn : .foreground, priority: 8, shortenAt: 6))
            } else if figures.running == 0, figures.waiting ?? 0 == 0 {
                segments.append(Segment("idle", role: .inactive, priority: 8))
            }
        }
        if !server.isSilent, let line = server.loadLine {
            let sign = Character(scene.glyphs.loadLine)
            segments.append(
                Segment(
                    scene.glyphs.fit("\(sign) \(line.words(at: scene.unix(scene.snapshot.at)))"),
                    short: scene.glyphs.fit("\(sign) \(line.shortWords)"),
                    role: line.share ?? 0 > 1 ? .warn : .loadLine, priority: 7, shortenAt: 5))
        }
        if let joules = try? server.joulesPerToken.get() {
            segments.append(
                Segment(
                    "\(Format.rate(joules)) J/token, boards only", short: "\(Format.rate(joules)) J/token",
                    priority: 4, shortenAt: 3))
        }
        if segments.count == 1 {
            segments.append(
                Segment(
                    quiet(server),
                    role: .inactive, priority: 1))
        }
        scene.draw(SegmentLine(left: segments, gap: 3), on: &canvas, in: inner)
    }

    private static func quiet(_ server: ServerSnapshot) -> String {
        switch server.facts {
        case nil: "no reading yet"
        case .some(let facts) where facts.minute.elapsed == nil:
            "rates and latencies follow the second reading"
        case .some: "what its first token waits for, it doesn't say"
        }
    }
}

extension LineBeside {
    /// "46 of 64 users, 72 %"; "load line 64 users, other lengths".
    fileprivate var shortWords: String {
        let users = (line.isLowerBound ? "≥ " : "") + Format.users(line.users)
        guard let load, let share else {
            return "load line \(users)\(isOfSameLengths ? "" : ", other lengths")"
        }
        return "\(Self.users(load)) of \(users), \(Format.wholePercent(share))"
    }
}

extension ServerFigures {
    /// More than half of the time to the first token is waiting for a place.
    var isQueueBound: Bool {
        guard let queue = queue?.mean, let ttft = ttft?.mean, ttft > 0 else { return false }
        return queue > ttft / 2
    }

    /// Where the time to the first token goes, by the means of the last minute.
    var slownessWords: String {
        guard let ttft = ttft?.mean, let prefill = prefill?.mean, ttft > 0 else { return "first token" }
        if isQueueBound { return "engine queue, not the network" }
        return prefill > ttft / 2 ? "prefill, not the queue" : "neither queue nor prefill"
    }
}
