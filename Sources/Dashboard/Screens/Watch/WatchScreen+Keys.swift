import Measure

extension WatchScreen {
    mutating func perform(_ command: Command, _ occasion: Occasion) -> Answer {
        switch command {
        case .older: moveCursor(by: -1, occasion.shown)
        case .newer: moveCursor(by: 1, occasion.shown)
        case .shorterSpan, .longerSpan:
            guard let next = span.next(by: command == .longerSpan ? 1 : -1) else {
                return .refusal("the charts' span is \(span.name) already")
            }
            (span, isSpanChosen) = (next, true)
        case .open:
            isOpen.toggle()
            page = 0
        case .previousPage: page = max(0, page - 1)
        case .nextPage: page += 1
        case .sort:
            order = order.next
            return Answer(notice: ("endpoints: \(order.name)", false))
        case .budget: return nextLimit(occasion.shown)
        case .copy:
            guard let server = occasion.shown.watch.servers.at(occasion.endpoint) else {
                return .refusal("no endpoint is there: nothing to copy")
            }
            return Answer(actions: [.copy(.server(server.id))])
        case .acknowledge: return acknowledge(occasion.newest)
        case .mark:
            if isReplay { return .refusal("a replay: nothing is recorded") }
            return occasion.newest.ended
                ? .refusal("the session is over: nothing more is recorded")
                : Answer(prompt: .note(LineEditor()))
        default: break
        }
        return .nothing
    }

    /// A sixtieth of the span a press. At the right end it's now again, and at the left the past that is kept ends.
    private mutating func moveCursor(by step: Int64, _ shown: Snapshot) {
        let moved = (cursor ?? shown.at) + step * span.cursorStep
        guard moved < shown.at else {
            cursor = nil
            return
        }
        let oldest = max(shown.session.started.moment, shown.at - WatchSpan.sixHours.length)
        cursor = max(moved, min(oldest, shown.at))
    }

    private mutating func nextLimit(_ shown: Snapshot) -> Answer {
        let limits = (shown.session.watch?.budget ?? shown.budget)?.limits ?? []
        guard !limits.isEmpty else { return .refusal("no budget was set: --budget ttft:p95<900ms sets one") }
        let next = limit.map { $0 + 1 } ?? 0
        limit = limits.indices.contains(next) ? next : nil
        return Answer(notice: ("budget: \(limit.map { limits[$0].name } ?? "all of it")", false))
    }

    private mutating func acknowledge(_ newest: Snapshot) -> Answer {
        let news = Alert.all(in: newest.watch).filter { !seen.has($0) }.count
        seen.acknowledge(newest)
        return Answer(notice: (news == 0 ? "all has been seen" : "acknowledged: \(news)", false))
    }
}
