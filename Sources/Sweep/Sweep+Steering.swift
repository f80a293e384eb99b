import Measure

extension Sweep {
    mutating func steer(_ word: Steering, at now: Moment) -> [SweepAction] {
        switch word {
        case .adjustUsers(let change): adjust(by: change, at: now)
        case .nextLevel: skip(at: now)
        case .repeatLevel: again(at: now)
        case .pause: pause(at: now)
        case .resume: resume(at: now)
        case .stop: stop(at: now)
        }
    }

    private mutating func adjust(by change: Int, at now: Moment) -> [SweepAction] {
        switch state {
        case .idle, .over:
            return []
        case .warming, .opening:
            guard let level else { return [] }
            let wanted = load.adjusted(byUsers: change)
            guard wanted != load else { return [] }
            if case .warming = state {
                state = .warming(since: now)
                load = wanted
                search.started(wanted)
                self.level?.load = wanted
                return [.changeLoad(level: level.level, to: wanted), .offer(wanted)]
            }
            // The window may be open already: give it up, and begin anew.
            return proceed(.run(wanted), at: now)
        case .measuring(let measuring):
            let wanted = load.adjusted(byUsers: change)
            guard wanted != load else { return [] }
            return close(at: now, cutShort: now - measuring.since < dwell.usual, then: .run(wanted))
        case .closing(let cutShort, let next):
            state = .closing(cutShort: cutShort, then: adjusted(next, by: change))
            return []
        case .paused(let next):
            state = .paused(then: adjusted(next, by: change))
            return []
        }
    }

    private func adjusted(_ next: SweepState.Next, by change: Int) -> SweepState.Next {
        switch next {
        case .search: .run(load.adjusted(byUsers: change))
        case .run(let wanted): .run(wanted.adjusted(byUsers: change))
        case .pause(let wanted): .pause((wanted ?? load).adjusted(byUsers: change))
        case .end: next
        }
    }

    private mutating func skip(at now: Moment) -> [SweepAction] {
        switch state {
        case .idle, .over:
            return []
        case .closing(let cutShort, let next):
            // What was to follow by hand is what is skipped.
            if case .run = next { state = .closing(cutShort: cutShort, then: .search) }
            return []
        case .warming, .opening:
            search.skipped(load)
            return goOn(at: now)
        case .measuring(let measuring):
            return close(at: now, cutShort: now - measuring.since < dwell.shortest, then: .search)
        case .paused:
            search.skipped(load)
            state = .paused(then: .search)
            return []
        }
    }

    private mutating func again(at now: Moment) -> [SweepAction] {
        switch state {
        case .measuring(let measuring):
            return close(at: now, cutShort: now - measuring.since < dwell.shortest, then: .run(load))
        case .closing(let cutShort, then: .search):
            state = .closing(cutShort: cutShort, then: .run(load))
            return []
        case .idle, .warming, .opening, .closing, .paused, .over:
            return []
        }
    }

    private mutating func pause(at now: Moment) -> [SweepAction] {
        switch state {
        case .idle, .paused, .over, .closing(_, then: .end), .closing(_, then: .pause):
            return []
        case .warming, .opening:
            state = .paused(then: .run(load))
            return [.pauseLoad]
        case .measuring(let measuring):
            let cutShort = now - measuring.since < dwell.usual
            return close(at: now, cutShort: cutShort, then: .pause(load)) + [.pauseLoad]
        case .closing(let cutShort, let next):
            // The window was over before the pause: what was to come next comes after it.
            var wanted: Load?
            if case .run(let load) = next { wanted = load }
            state = .closing(cutShort: cutShort, then: .pause(wanted))
            return [.pauseLoad]
        }
    }

    private mutating func resume(at now: Moment) -> [SweepAction] {
        switch state {
        case .closing(let cutShort, then: .pause(let wanted)):
            state = .closing(cutShort: cutShort, then: wanted.map { .run($0) } ?? .search)
            return [.resumeLoad]
        case .paused(let next):
            let actions = proceed(next, at: now)
            return isOver ? actions : actions + [.resumeLoad]
        case .idle, .warming, .opening, .measuring, .closing, .over:
            return []
        }
    }

    private mutating func stop(at now: Moment) -> [SweepAction] {
        switch state {
        case .over:
            return []
        case .measuring(let measuring):
            return close(at: now, cutShort: now - measuring.since < dwell.usual, then: .end(.stopped))
        case .closing(_, then: .end):
            return end(.stopped)
        case .closing(let cutShort, _):
            state = .closing(cutShort: cutShort, then: .end(.stopped))
            return []
        case .idle, .warming, .opening, .paused:
            return end(.stopped)
        }
    }
}
