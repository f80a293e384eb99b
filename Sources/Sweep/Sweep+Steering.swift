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
            let wanted = adjusted(users, by: change)
            guard wanted != users else { return [] }
            if case .warming = state {
                state = .warming(since: now)
                users = wanted
                search.started(users: wanted)
                self.level?.users = wanted
                return [.changeUsers(level: level.level, users: wanted), .setUsers(wanted)]
            }
            // The window may be open already: give it up, and begin anew.
            return proceed(.run(users: wanted), at: now)
        case .measuring(let measuring):
            let wanted = adjusted(users, by: change)
            guard wanted != users else { return [] }
            return close(at: now, cutShort: now - measuring.since < dwell.usual, then: .run(users: wanted))
        case .closing(let cutShort, let next):
            state = .closing(cutShort: cutShort, then: adjusted(next, by: change))
            return []
        case .paused(let next):
            state = .paused(then: adjusted(next, by: change))
            return []
        }
    }

    private func adjusted(_ count: Int, by change: Int) -> Int {
        let (sum, overflow) = count.addingReportingOverflow(change)
        if overflow { return change > 0 ? Self.mostUsers : 1 }
        return min(max(1, sum), Self.mostUsers)
    }

    private func adjusted(_ next: SweepState.Next, by change: Int) -> SweepState.Next {
        switch next {
        case .search: .run(users: adjusted(users, by: change))
        case .run(let wanted): .run(users: adjusted(wanted, by: change))
        case .pause(let wanted): .pause(users: adjusted(wanted ?? users, by: change))
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
            search.skipped(users: users)
            return goOn(at: now)
        case .measuring(let measuring):
            return close(at: now, cutShort: now - measuring.since < dwell.shortest, then: .search)
        case .paused:
            search.skipped(users: users)
            state = .paused(then: .search)
            return []
        }
    }

    private mutating func again(at now: Moment) -> [SweepAction] {
        switch state {
        case .measuring(let measuring):
            return close(at: now, cutShort: now - measuring.since < dwell.shortest, then: .run(users: users))
        case .closing(let cutShort, then: .search):
            state = .closing(cutShort: cutShort, then: .run(users: users))
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
            state = .paused(then: .run(users: users))
            return [.pauseLoad]
        case .measuring(let measuring):
            let cutShort = now - measuring.since < dwell.usual
            return close(at: now, cutShort: cutShort, then: .pause(users: users)) + [.pauseLoad]
        case .closing(let cutShort, let next):
            // The window was over before the pause: what was to come next comes after it.
            var wanted: Int?
            if case .run(let users) = next { wanted = users }
            state = .closing(cutShort: cutShort, then: .pause(users: wanted))
            return [.pauseLoad]
        }
    }

    private mutating func resume(at now: Moment) -> [SweepAction] {
        switch state {
        case .closing(let cutShort, then: .pause(let wanted)):
            state = .closing(cutShort: cutShort, then: wanted.map { .run(users: $0) } ?? .search)
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
