import Canvas
import Measure

extension Shell {
    mutating func handle(_ key: Key, snapshot: Snapshot, now: Moment) -> [DashboardAction] {
        // Whatever the key changes is to be seen at once.
        held = nil
        screen.prepare(frozen ?? snapshot)
        if key == .control("c") { return [.quit] }
        if let prompt = view.prompt { return answer(prompt, key, snapshot: snapshot) }
        if view.help != nil, let actions = turnHelp(key, snapshot: snapshot, now: now) { return actions }
        guard let command = screen.keys.command(for: key) else { return [] }
        return perform(command, snapshot: snapshot, now: now)
    }

    private mutating func perform(_ command: Command, snapshot: Snapshot, now: Moment) -> [DashboardAction] {
        switch command {
        case .quit:
            guard let question = screen.quitQuestion(snapshot) else { return [.quit] }
            view.prompt = .quit(question.text, short: question.short)
        case .quitAtOnce: return [.quit]
        case .help:
            view.help = .keys
            view.helpScroll = 0
        case .freeze: toggleFreeze(snapshot)
        case .previousEndpoint: selectEndpoint(by: -1, in: frozen ?? snapshot)
        case .nextEndpoint: selectEndpoint(by: 1, in: frozen ?? snapshot)
        case .export: return [.export]
        case .theme:
            nextTheme()
            notify("theme: \(theme.name)", now: now)
        case .filter: view.prompt = .filter(LineEditor(view.filter))
        case .back: back()
        case .redraw: return [.redraw]
        case .panel(let digit): maximise(digit, snapshot)
        case .older, .newer, .curveAxis, .steer, .mark, .open, .sort, .budget, .acknowledge, .shorterSpan,
            .longerSpan, .previousPage, .nextPage, .copy:
            return pass(command, snapshot: snapshot, now: now)
        }
        return []
    }

    private mutating func pass(_ command: Command, snapshot: Snapshot, now: Moment) -> [DashboardAction] {
        let shown = frozen ?? snapshot
        let rows = screen.rows(shown)
        let answer = screen.perform(
            command,
            Occasion(
                newest: snapshot, shown: shown, endpoint: view.endpoint(in: rows),
                filter: Filter(view.filter, rows: rows), now: now))
        if let notice = answer.notice { notify(notice.text, now: now, isError: notice.isError) }
        if let prompt = answer.prompt { view.prompt = prompt }
        return answer.actions
    }

    /// One level out: the maximised panel, then what the screen has to step back from, the filter, the frozen
    /// view.
    private mutating func back() {
        if view.maximised != nil {
            view.maximised = nil
        } else if screen.goBack() {
            return
        } else if !view.filter.isEmpty {
            view.filter = ""
        } else if frozen != nil {
            frozen = nil
        } else {
            view.notice = nil
        }
    }

    /// Around the list of those that the filter lets through.
    private mutating func selectEndpoint(by step: Int, in snapshot: Snapshot) {
        let rows = screen.rows(snapshot)
        let filter = Filter(view.filter, rows: rows)
        let current = view.endpoint(in: rows)
        let choices = rows.filter { $0.index == current || filter.matches($0) }
        guard choices.count > 1, let place = choices.firstIndex(where: { $0.index == current }) else {
            return
        }
        view.endpoint = choices[(place + step + choices.count) % choices.count].index
        screen.endpointChanged()
    }

    private mutating func toggleFreeze(_ snapshot: Snapshot) {
        frozen = frozen == nil ? snapshot : nil
        // The banner says it better than whatever was said before.
        view.notice = nil
    }

    private mutating func maximise(_ digit: Int, _ snapshot: Snapshot) {
        guard let panel = screen.panel(digit: digit, snapshot) else { return }
        view.maximised = view.maximised == panel ? nil : panel
    }

    private mutating func answer(
        _ prompt: ViewState.Prompt, _ key: Key, snapshot: Snapshot
    ) -> [DashboardAction] {
        switch prompt {
        case .quit:
            view.prompt = nil
            return key == .character("y") || key == .character("Y") || key == .character("Q") ? [.quit] : []
        case .note(var editor):
            switch editor.handle(key) {
            case .editing: view.prompt = .note(editor)
            case .cancelled: view.prompt = nil
            case .done(let text):
                view.prompt = nil
                let note = text.trimmed
                awaitedMarks = snapshot.marks.count + 1
                return [.mark(note)]
            }
        case .filter(var editor):
            switch editor.handle(key) {
            case .editing:
                view.prompt = .filter(editor)
                view.filter = editor.text.trimmed
            case .cancelled:
                view.prompt = nil
                view.filter = ""
            case .done(let text):
                view.prompt = nil
                view.filter = text.trimmed
            }
        }
        return []
    }

    /// nil for keys that mean the same as without the help.
    private mutating func turnHelp(_ key: Key, snapshot: Snapshot, now: Moment) -> [DashboardAction]? {
        guard let page = view.help else { return nil }
        let rect = Self.helpRect(Rect(x: 0, y: 0, width: size.width, height: size.height))
        let limit = HelpPanel.scrollLimit(page, stage(frozen ?? snapshot, now: now), in: rect)
        func scrolled(_ lines: Int) -> Int { max(0, min(limit, min(view.helpScroll, limit) + lines)) }
        switch key {
        case .escape, .character("q"), .character("?"), .function(1): view.help = nil
        case .tab, .backTab, .left, .right:
            view.help = page.next
            view.helpScroll = 0
        case .up, .character("k"): view.helpScroll = scrolled(-1)
        case .down, .character("j"): view.helpScroll = scrolled(1)
        case .pageUp: view.helpScroll = scrolled(-max(1, rect.height - 4))
        case .pageDown, .character(" "): view.helpScroll = scrolled(max(1, rect.height - 4))
        case .home: view.helpScroll = 0
        case .end: view.helpScroll = limit
        case .character("Q"), .control("l"), .character("t"): return nil
        // Nobody should change the load from a page that hides it.
        default: break
        }
        return []
    }
}

extension String {
    var trimmed: String {
        var text = Substring(self)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
