import Measure
import Sweep
import Testing

@Suite struct WindowTests {
    @Test func withoutAWarmUpEveryUserIsWaitedForAllTheSame() throws {
        var plan = try SweepPlan.test(.list([4]))
        (plan.warmUp, plan.longestWarmUp) = (0, 60 * .second)
        var sweep = Sweep(plan: plan)
        _ = sweep.handle(.start, at: .zero)
        var standing = LevelProgress(level: 0)
        standing.usersServed = 3
        #expect(sweep.handle(.progress(standing), at: .zero).isEmpty)
        standing.usersServed = 4
        #expect(sweep.handle(.progress(standing), at: .zero) == [.openWindow(level: 0, notBefore: .zero)])
    }

    @Test(arguments: [0.0001, 0.5]) func anExactDwell(width: Double) throws {
        var model = ModelEndpoint.hardKnee(at: 8)
        model.width = { _ in width }
        let plan = try SweepPlan.test(.list([4]), shortest: 3, longest: 30)
        let rig = Rig.run(plan.withExactDwell, model)
        #expect(abs((rig.results.first?.duration.inSeconds ?? 0) - 10) <= 0.2)
        #expect(rig.cuts == [false])
    }

    @Test func aTightIntervalEndsTheWindowEarly() throws {
        var model = ModelEndpoint.hardKnee(at: 8)
        model.width = { 0.06 / $0.squareRoot() }
        let rig = Rig.run(try .test(.list([4]), shortest: 3, longest: 30), model)
        // 3 % at four seconds.
        #expect(abs((rig.results.first?.duration.inSeconds ?? 0) - 4) <= 0.3)
        #expect(rig.cuts == [false])
    }

    @Test func neverBeforeTheShortestDwell() throws {
        let rig = Rig.run(try .test(.list([4]), shortest: 3, longest: 30), .hardKnee(at: 8))
        #expect(abs((rig.results.first?.duration.inSeconds ?? 0) - 3) <= 0.2)
    }

    @Test func aWideIntervalStretchesTheWindow() throws {
        var model = ModelEndpoint.hardKnee(at: 8)
        model.width = { 0.12 / $0.squareRoot() }
        let rig = Rig.run(try .test(.list([4]), shortest: 3, longest: 30), model)
        #expect(abs((rig.results.first?.duration.inSeconds ?? 0) - 16) <= 0.3)
        model.width = { _ in 0.5 }
        let limited = Rig.run(try .test(.list([4]), shortest: 3, longest: 30), model)
        #expect(abs((limited.results.first?.duration.inSeconds ?? 0) - 30) <= 0.2)
        #expect(limited.cuts == [false])
    }

    @Test func withoutAnIntervalTheUsualDwell() throws {
        var model = ModelEndpoint.hardKnee(at: 8)
        model.width = { _ in nil }
        let rig = Rig.run(try .test(.list([4]), shortest: 3, longest: 30), model)
        #expect(abs((rig.results.first?.duration.inSeconds ?? 0) - 10) <= 0.2)
    }

    @Test func warmUpWaitsForTheFirstRequests() throws {
        var model = ModelEndpoint.hardKnee(at: 8)
        model.requestSeconds = 7
        let rig = Rig.run(try .test(.list([4])), model)
        let start = Moment(nanoseconds: 1_000_000_000_000)
        let opened = try #require(rig.results.first?.windowStart)
        #expect((opened - start).inSeconds >= 7)
        #expect((opened - start).inSeconds < 7.5)
        #expect(rig.steadies == [true])
    }

    @Test func aStepDownWaitsForWhatBeganUnderTheHeavierLoad() throws {
        var model = ModelEndpoint.hardKnee(at: 8)
        model.requestSeconds = 7
        let rig = Rig.run(try .test(.list([4, 2])), model)
        #expect(rig.steadies == [true, true])
        let (first, second) = (try #require(rig.results.first), try #require(rig.results.last))
        #expect((second.windowStart - first.windowEnd).inSeconds >= 7)
        #expect((second.windowStart - first.windowEnd).inSeconds < 7.5)
    }

    @Test func warmUpEndsWhateverHappens() throws {
        var model = ModelEndpoint.hardKnee(at: 8)
        model.requestSeconds = 1000
        let rig = Rig.run(try .test(.list([4])), model)
        #expect(rig.steadies == [false])
        let start = Moment(nanoseconds: 1_000_000_000_000)
        let opened = try #require(rig.results.first?.windowStart)
        #expect(abs((opened - start).inSeconds - 30) < 0.5)
    }

    @Test(arguments: [TrustFlag.serverRestarted, .clientStoodStill])
    func aLevelThatWasSpoiledIsRunOnceMore(by flag: TrustFlag) throws {
        var model = ModelEndpoint.hardKnee(at: 8)
        model.restarts = [2, 4]
        model.spoiledBy = flag
        let rig = Rig.run(try .test(.list([1, 2, 4])), model)
        // Once each, or a server that always restarts would never be done with.
        #expect(rig.levels == [1, 2, 2, 4, 4])
        #expect(rig.ends == [.planDone])
    }

    @Test func theBreakerOpensWhenNothingWorks() throws {
        var model = ModelEndpoint.hardKnee(at: 8)
        model.failing = { _ in 1 }
        let rig = Rig.run(try .test(.list([1, 2, 4])), model)
        #expect(rig.ends == [.errors])
        // Five failures of one user, half a second each: 2.5 s, of which the window has less than one.
        #expect((rig.now - Moment(nanoseconds: 1_000_000_000_000)).inSeconds < 6)
    }

    @Test func theBreakerOpensInMidWindow() throws {
        var model = ModelEndpoint.hardKnee(at: 8)
        model.failing = { $0 >= 4 ? 0.3 : 0.01 }
        let rig = Rig.run(try .test(.automatic(limit: 64)), model)
        #expect(rig.ends == [.errors])
        #expect(rig.starts.map(\.load.users) == [1, 2, 4])
    }

    @Test func fewErrorsAreNoReasonToStop() throws {
        var model = ModelEndpoint.hardKnee(at: 8)
        model.failing = { _ in 0.02 }
        #expect(Rig.run(try .test(.list([1, 2, 4, 8])), model).ends == [.planDone])
    }

    @Test func aBrokenWindowIsClosedAsItIs() throws {
        var rig = Rig(try .test(.list([4])), .hardKnee(at: 8))
        rig.send(.start)
        rig.tick { $0.isWindowOpen }
        rig.tick()
        rig.model.failing = { _ in 1 }
        rig.run()
        #expect(rig.ends == [.errors])
        #expect(rig.results.count == 1)
        #expect(rig.cuts == [true])
    }

    @Test func twoOfTwentyAreNoReasonToStop() {
        var sweep = Sweep(plan: SweepPlan(levels: .list([4]), dwell: 10 * .second, warmUp: 0))
        _ = sweep.handle(.start, at: .zero)
        let progress = { (completed: Int, failed: Int) in
            SweepEvent.progress(LevelProgress(level: 0, completed: completed, failed: failed))
        }
        #expect(sweep.handle(progress(18, 2), at: .zero + .second).isEmpty)
        #expect(sweep.handle(progress(36, 4), at: .zero + .second).isEmpty)
        #expect(sweep.handle(progress(13, 7), at: .zero + .second).last == .finished(.errors))
    }
}
