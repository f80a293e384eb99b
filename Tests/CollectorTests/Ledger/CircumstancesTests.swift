import Measure
import Testing

@testable import Collector

/// What users and event loops did during a window, as it comes with each batch.
@Suite("What went on in a window")
struct CircumstancesTests {
    /// A window from 1 s to 5 s, with a batch every 100 ms from each loop; `vitals` and `times` are what a loop
    /// hands over at a moment (in ms).
    private func level(
        loops: Int = 1, users: Int = 4,
        times: (Double) -> UserTimes? = { _ in nil },
        vitals: (Int, Double) -> LoopVitals? = { _, _ in nil }
    ) throws -> LevelResult {
        var books = Books(loops: loops)
        books.start(users: users)
        var isOpen = false
        for step in 0...60 {
            // Edges lie between batches.
            if step == 10 {
                books.open(at: at(950))
                isOpen = true
            }
            let moment = Double(step) * 100
            for loop in 0..<loops {
                let activity = LoopActivity(
                    endpoint: first, users: 0, inFlight: 0, waiting: 0, times: loop == 0 ? times(moment) : nil
                )
                books.deliver(
                    SampleBatch(
                        loop: UInt16(loop), upTo: at(moment), activity: [activity],
                        vitals: vitals(loop, moment)))
            }
            if step == 49 { books.close(at: at(4950)) }
        }
        #expect(isOpen)
        return try #require(books.results.first)
    }

    @Test("users who have requests out all the time are not idle")
    func busy() throws {
        let level = try level(times: { UserTimes(out: .seconds(4 * $0 / 1000)) })
        #expect(abs((level.occupancy?.out ?? 0) - 4) < 1e-6)
        #expect(!level.trust.contains(.usersIdle))
    }

    @Test("what users do outside of the window is not in it")
    func onlyTheWindow() throws {
        let level = try level(times: { moment in
            UserTimes(out: .seconds(4 * max(0, min(moment, 4950) - 950) / 1000))
        })
        #expect(abs((level.occupancy?.out ?? 0) - 4) < 0.05)
    }

    @Test("users who sit out a wait are idle, and so are those who connect; the level says which")
    func idle() throws {
        let waiting = try level(times: {
            UserTimes(out: .seconds(1 * $0 / 1000), waiting: .seconds(3 * $0 / 1000))
        })
        #expect(waiting.trust.contains(.usersIdle) && waiting.idleReason == .waiting)
        #expect(abs((waiting.occupancy?.waiting ?? 0) - 3) < 1e-6)
        let connecting = try level(times: {
            UserTimes(out: .seconds(3.7 * $0 / 1000), connecting: .seconds(0.3 * $0 / 1000))
        })
        #expect(connecting.trust.contains(.usersIdle) && connecting.idleReason == .connecting)
    }

    @Test("where nobody counts, nobody is idle")
    func unknown() throws {
        let level = try level()
        #expect(level.occupancy == nil && level.lag.loopCPUShare == nil && level.stoodStill == 0)
        #expect(!level.trust.contains(.usersIdle))
    }

    @Test("the busiest loop's thread is what counts")
    func loopCPU() throws {
        let level = try level(
            loops: 2, vitals: { LoopVitals(threadCPU: .seconds(($0 == 0 ? 0.3 : 0.9) * $1 / 1000)) })
        #expect(abs((level.lag.loopCPUShare ?? 0) - 0.9) < 1e-6)
        #expect(level.trust.contains(.clientBound))
        let idle = try self.level(
            loops: 2, vitals: { LoopVitals(threadCPU: .seconds(($0 == 0 ? 0.3 : 0.5) * $1 / 1000)) })
        #expect(!idle.trust.contains(.clientBound))
    }

    /// Loops that tick late: from 2 s to the moments given, having used so much CPU.
    private func late(until ends: [Double], cpu: Double) throws -> LevelResult {
        try level(
            loops: ends.count,
            vitals: { loop, moment in
                let isLate = moment == (ends[loop] / 100).rounded(.up) * 100
                return LoopVitals(
                    threadCPU: 0,
                    standstill: isLate
                        ? Standstill(from: at(2000), to: at(ends[loop]), processCPU: .seconds(cpu)) : nil)
            })
    }

    @Test("all loops late together, and the process idle: it stood still")
    func stoodStill() throws {
        #expect(try late(until: [3500], cpu: 0.1).trust.contains(.clientStoodStill))
        let both = try late(until: [3500, 3400], cpu: 0.1)
        #expect(both.trust.contains(.clientStoodStill) && both.stoodStill == 1400 * .millisecond)
    }

    @Test("one loop late has too much to do, and with CPU used it is lag")
    func notStoodStill() throws {
        #expect(try !late(until: [3500, 2000], cpu: 0.1).trust.contains(.clientStoodStill))
        let busy = try late(until: [3500, 3400], cpu: 1.2)
        #expect(!busy.trust.contains(.clientStoodStill) && busy.trust.contains(.clientBound))
    }

    @Test("a standstill before the window spoils nothing")
    func before() throws {
        let level = try level(vitals: { _, moment in
            LoopVitals(
                threadCPU: 0,
                standstill: moment == 900
                    ? Standstill(from: at(-500), to: at(900), processCPU: 0) : nil)
        })
        #expect(level.stoodStill == 0)
    }

    @Test("a machine that was suspended stood still, though its clock knows nothing of it")
    func suspended() throws {
        let asleep = try level(vitals: { _, moment in
            LoopVitals(threadCPU: 0, suspended: moment < 3000 ? 7 * .second : 12 * .second)
        })
        #expect(asleep.trust.contains(.clientStoodStill) && asleep.stoodStill == 5 * .second)
        let earlier = try level(vitals: { _, _ in LoopVitals(threadCPU: 0, suspended: 7 * .second) })
        #expect(!earlier.trust.contains(.clientStoodStill))
    }

    @Test("the time after the last token is a figure, and a long one is said")
    func tail() throws {
        func level(tail: Double) throws -> LevelResult {
            let streams = (0..<20).map { index in
                let sent = Double(index) * 40
                return Stream(
                    UInt32(index + 1), sent: at(sent),
                    chunksAt: (0..<10).map { at(sent + 10 + 10 * Double($0)) },
                    end: at(sent + 100 + tail))
            }
            return try #require(Books.window(streams, from: at(0), to: at(2000)))
        }
        let long = try level(tail: 50)
        #expect(long.tail.count == 20 && abs(long.tail.mean - 50e6) < 1 && long.trust.contains(.tail))
        #expect(long.e2e.max == 100e6)
        #expect(try !level(tail: 2).trust.contains(.tail))
    }

    @Test("a load that rises within the window is unsteady, one that swings isn't")
    func drift() throws {
        func level(_ gap: (Double) -> Double) throws -> LevelResult {
            var moments: [Moment] = []
            var now = 0.0
            while now < 8000 {
                moments.append(at(now))
                now += gap(now)
            }
            let stream = Stream(1, sent: at(0), chunksAt: moments)
            return try #require(Books.window([stream], from: at(0), to: at(8000)))
        }
        #expect(try level { $0 < 4000 ? 10 : 9 }.trust.contains(.unsteady))
        #expect(try !level { _ in 10 }.trust.contains(.unsteady))
        #expect(try !level { Int($0 / 500).isMultiple(of: 2) ? 10 : 9 }.trust.contains(.unsteady))
    }

    @Test("numbers of a server that no sum can hold are summed up all the same")
    func absurdCounts() throws {
        let absurd: [Int] = [.max, .max, .max / 2, 9_999_999_999_999_999, 4_294_967_295, -1, .min]
        var streams: [Stream] = []
        for (index, count) in absurd.enumerated() {
            for source in TokenSource.allCases {
                let number = UInt32(streams.count + 1)
                streams.append(
                    Stream(
                        number, sent: at(Double(index)), chunksAt: (0..<10).map { at(10 + 10 * Double($0)) },
                        tokens: 65_535, usage: count, source: source, input: count, cached: count))
            }
        }
        let level = try #require(Books.window(streams, from: at(0), to: at(2000)))
        #expect(level.completed == streams.count)
        #expect(level.windowTokens.isFinite && level.throughput.mean.isFinite)
        _ = level.columns(endpoint: nil, anchor: WallAnchor(moment: .zero, unixNanoseconds: 0))
    }

    @Test("who said how long the prompt was is counted, and so are refused counts and the last error")
    func whoSaid() throws {
        var refused = Stream(1, sent: at(0), chunksAt: [at(10), at(20)], input: 5)
        refused.record?.countRefused = true
        let silent = Stream(2, sent: at(0), chunksAt: [at(10), at(20)])
        let failed = Stream(3, sent: at(0), chunksAt: [], end: at(30), failure: .rateLimited)
        let level = try #require(Books.window([refused, silent, failed], from: at(0), to: at(1000)))
        #expect(level.inputsSaid == 1 && level.cachedSaid == 0 && level.refusedCounts == 1)
        #expect(level.trust.contains(.countsRefused))
        #expect(level.lastError == "made up")
    }

    @Test("a budget that has nothing to say of single requests gives no goodput")
    func goodput() throws {
        func goodput(_ text: String) throws -> Double? {
            let budget = try LatencyBudget(parsing: text)
            let stream = Stream.even(1, sent: 0, ttft: 10, gap: 10, count: 10)
            return try #require(
                Books.window([stream], from: at(0), to: at(1000), settings: LedgerSettings(budget: budget))
            ).goodput
        }
        #expect(try goodput("error<1%") == nil)
        #expect(try goodput("itl:p50<1s") == nil)
        #expect(try goodput("ttft:p50<1s") == 1)
    }
}
