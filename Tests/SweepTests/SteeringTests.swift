import Measure
import Sweep
import Testing

@Suite struct SteeringTests {
    enum Place: CaseIterable { case idle, warming, opening, measuring, closing, paused, over }

    /// A sweep over 4 and 8 users that stands at `place` in its first level.
    static func rig(at place: Place) throws -> Rig {
        var rig = Rig(try .test(.list([4, 8])), .hardKnee(at: 20))
        if place == .idle { return rig }
        rig.send(.start)
        rig.tick()
        switch place {
        case .idle, .warming: break
        case .opening:
            while !rig.actions.contains(where: { if case .openWindow = $0 { true } else { false } }) {
                rig.tick()
            }
        case .measuring: rig.tick { $0.isWindowOpen }
        case .closing: rig.tick { $0.isClosing }
        case .paused: rig.send(.steer(.pause))
        case .over: rig.run()
        }
        return rig
    }

    @Test func moreUsersWhileWarmingUp() throws {
        var rig = try Self.rig(at: .warming)
        rig.send(.steer(.adjustUsers(by: 1)))
        #expect(rig.actions.suffix(2) == [.changeLoad(level: 0, to: .users(5)), .offer(.users(5))])
        rig.run()
        #expect(rig.levels == [5, 8])
    }

    @Test func moreUsersWhileTheWindowIsAskedFor() throws {
        var rig = try Self.rig(at: .opening)
        rig.send(.steer(.adjustUsers(by: 2)))
        rig.run()
        #expect(rig.levels == [6, 8])
        #expect(rig.starts.map(\.load.users) == [4, 6, 8])
    }

    @Test func moreUsersInTheWindow() throws {
        var rig = try Self.rig(at: .measuring)
        rig.send(.steer(.adjustUsers(by: 1)))
        rig.send(.steer(.adjustUsers(by: 1)))
        rig.run()
        #expect(rig.levels == [4, 6, 8])
        #expect(rig.cuts == [true, false, false])
        #expect(rig.starts.map(\.planned) == [2, 3, 3])
    }

    @Test func usersNeverGoBelowOneNorOverflow() throws {
        var rig = try Self.rig(at: .warming)
        rig.send(.steer(.adjustUsers(by: .min)))
        #expect(rig.users == 1)
        rig.send(.steer(.adjustUsers(by: .max)))
        #expect(rig.users == Sweep.mostUsers)
    }

    @Test func nextTakesBackTheRepeatThatIsToCome() throws {
        var rig = try Self.rig(at: .measuring)
        rig.send(.steer(.repeatLevel))
        rig.send(.steer(.nextLevel))
        rig.run()
        #expect(rig.levels == [4, 8])
    }

    @Test func nextLevel() throws {
        var warming = try Self.rig(at: .warming)
        warming.send(.steer(.nextLevel))
        warming.run()
        #expect(warming.levels == [8])
        var measuring = try Self.rig(at: .measuring)
        measuring.send(.steer(.nextLevel))
        measuring.run()
        #expect(measuring.levels == [4, 8])
        #expect(measuring.cuts == [true, false])
    }

    @Test func nextLevelAfterTheShortestDwellIsNotCutShort() throws {
        var model = ModelEndpoint.hardKnee(at: 20)
        model.width = { _ in 0.2 }
        var rig = Rig(try .test(.list([4]), shortest: 2, longest: 30), model)
        rig.send(.start)
        rig.tick { $0.isWindowOpen }
        for _ in 0..<30 { rig.tick() }
        rig.send(.steer(.nextLevel))
        rig.run()
        #expect(rig.cuts == [false])
    }

    @Test func repeatLevel() throws {
        var rig = try Self.rig(at: .measuring)
        rig.send(.steer(.repeatLevel))
        rig.run()
        #expect(rig.levels == [4, 4, 8])
        var closing = try Self.rig(at: .closing)
        closing.send(.steer(.repeatLevel))
        closing.run()
        #expect(closing.levels == [4, 4, 8])
        #expect(closing.cuts == [false, false, false])
    }

    @Test(arguments: [Place.warming, .opening, .measuring, .closing])
    func pauseAndResume(place: Place) throws {
        var rig = try Self.rig(at: place)
        rig.send(.steer(.pause))
        #expect(rig.isLoadPaused)
        rig.send(.steer(.pause))
        for _ in 0..<50 { rig.tick() }
        #expect(rig.isLoadPaused && !rig.sweep.isOver)
        rig.send(.steer(.resume))
        #expect(!rig.isLoadPaused)
        rig.run()
        #expect(rig.ends == [.planDone])
        #expect(rig.levels == (place == .measuring ? [4, 4, 8] : [4, 8]))
        #expect(rig.cuts.first == (place == .measuring))
    }

    @Test func afterAPauseEveryUserIsServedOnceBeforeTheWindowOpens() throws {
        var rig = try Self.rig(at: .measuring)
        rig.send(.steer(.pause))
        for _ in 0..<20 { rig.tick() }
        rig.model.requestSeconds = 9
        let resumed = rig.now
        rig.send(.steer(.resume))
        rig.tick { $0.isWindowOpen }
        #expect((rig.now - resumed).inSeconds >= 9)
    }

    @Test(arguments: [Place.measuring, .closing])
    func resumeBeforeTheFiguresHaveCome(place: Place) throws {
        var rig = try Self.rig(at: place)
        rig.send(.steer(.pause))
        rig.send(.steer(.resume))
        #expect(!rig.isLoadPaused)
        rig.run()
        #expect(rig.levels == (place == .measuring ? [4, 4, 8] : [4, 8]))
    }

    @Test func usersAndLevelsCanBeChosenInThePause() throws {
        var more = try Self.rig(at: .paused)
        more.send(.steer(.adjustUsers(by: 3)))
        more.send(.steer(.resume))
        more.run()
        #expect(more.levels == [7, 8])
        var next = try Self.rig(at: .paused)
        next.send(.steer(.nextLevel))
        next.send(.steer(.resume))
        next.run()
        #expect(next.levels == [8])
    }

    @Test(arguments: Place.allCases)
    func stopEndsFromAnywhere(place: Place) throws {
        var rig = try Self.rig(at: place)
        rig.send(.steer(.stop))
        rig.run(ticks: 2)
        #expect(rig.sweep.isOver)
        #expect(rig.ends == [place == .over ? .planDone : .stopped])
        if place == .measuring { #expect(rig.results.count == 1 && rig.cuts == [true]) }
    }

    @Test func aSecondStopDoesNotWait() throws {
        var sweep = Sweep(plan: try .test(.list([1])))
        _ = sweep.handle(.start, at: .zero)
        let later = Moment.zero + 3 * .second
        _ = sweep.handle(.progress(LevelProgress(level: 0, usersServed: 1)), at: later)
        _ = sweep.handle(.windowOpened(level: 0, at: later), at: later)
        #expect(
            sweep.handle(.steer(.stop), at: later) == [
                .closeWindow(level: 0, at: later, cutShort: true, steady: true)
            ])
        #expect(sweep.handle(.steer(.stop), at: later) == [.offer(.users(0)), .finished(.stopped)])
        #expect(sweep.handle(.steer(.stop), at: later).isEmpty)
    }

    @Test func handWorkDoesNotFoolTheSearchForThePlateau() throws {
        // Levels of 64, 65, 66 users differ by less than 5 %: that is no plateau.
        var rig = Rig(try .test(.automatic(limit: 512)), .hardKnee(at: 5000))
        rig.send(.start)
        rig.tick { $0.starts.last?.load.users == 64 && $0.isWindowOpen }
        for _ in 0..<3 {
            rig.tick { $0.isClosing }
            rig.send(.steer(.adjustUsers(by: 1)))
            rig.tick { $0.isWindowOpen }
        }
        rig.run()
        #expect(rig.ends == [.planDone])
        #expect(rig.levels.suffix(6) == [64, 65, 66, 67, 134, 268] || rig.levels.last == 512)
    }
}
