import Measure
import Testing

@testable import Simulator

struct BatchSchedulerTests {
    /// Users that send the next request a little after the last answer, on a manual clock; tokens/s over
    /// the second half of the run.
    static func throughput(
        _ model: BatchingModel, users: Int, prompt: Int, output: Int, steps: Int
    ) -> (tokensPerSecond: Double, meanWait: Double) {
        var scheduler = BatchScheduler<Int>(model: model)
        var emissions: [BatchScheduler<Int>.Emission] = []
        var arrivals: [(at: Moment, user: Int)] = (0..<users).map {
            (Moment(nanoseconds: Int64($0) * 700 * .microsecond), $0)
        }
        var sent: [Int: Moment] = [:]
        var ends: [Moment] = []
        var waits: [Nanoseconds] = []
        while ends.count < steps {
            let next = scheduler.next
            if let first = arrivals.first, next.map({ first.at < $0 }) ?? true {
                arrivals.removeFirst()
                sent[first.user] = first.at
                scheduler.submit(first.user, promptTokens: prompt, outputTokens: output, at: first.at)
                scheduler.advance(to: first.at, into: &emissions)
            } else if let next {
                scheduler.advance(to: next, into: &emissions)
            } else {
                break
            }
            for emission in emissions {
                ends.append(emission.meant)
                if emission.index == 0, let at = sent[emission.id] { waits.append(emission.meant - at) }
                if emission.isLast { arrivals.append((emission.meant + 300 * .microsecond, emission.id)) }
            }
            emissions.removeAll()
            arrivals.sort { $0.at < $1.at }
        }
        let half = ends.count / 2
        let length = (ends[ends.count - 1] - ends[half]).inSeconds
        let late = waits.suffix(waits.count / 2)
        return (
            Double(ends.count - 1 - half) / length,
            late.reduce(0) { $0 + $1.inSeconds } / Double(max(1, late.count))
        )
    }

    @Test(arguments: [2, 4, 16, 48, 64, 96, 256], [(128, 64), (512, 128), (16, 1)])
    func keepsToTheClosedFormula(users: Int, size: (Int, Int)) {
        let model = BatchingModel()
        let (prompt, output) = size
        let measured = Self.throughput(model, users: users, prompt: prompt, output: output, steps: 60_000)
        let truth = model.analyticThroughput(users: users, inputTokens: prompt, outputTokens: output)
        // One token an answer leaves nothing to average over: a step is either full or empty.
        guard output > 1 else {
            #expect(
                measured.tokensPerSecond <= model.ceiling(inputTokens: prompt, outputTokens: output) * 1.01)
            return
        }
        #expect(abs(measured.tokensPerSecond / truth - 1) < 0.02, "\(measured) against \(truth)")
    }

    @Test func oneUserWaitsForNobody() {
        let model = BatchingModel(overhead: 20 * .millisecond)
        let measured = Self.throughput(model, users: 1, prompt: 400, output: 10, steps: 2_000)
        // 20 ms of overhead, 1 ms of prefill, ten steps of 6.03 ms and the client's own 0.3 ms.
        #expect(abs(measured.tokensPerSecond * 0.0816 / 10 - 1) < 0.005)
        let truth = model.analyticThroughput(users: 1, inputTokens: 400, outputTokens: 10)
        #expect(abs(truth - 10 / 0.0813) < 1e-6)
    }

    @Test func theCeilingIsAProvisionedEndpoints() {
        let model = BatchingModel()
        for output in [64, 128] {
            let ceiling = model.ceiling(inputTokens: 128, outputTokens: output)
            #expect(abs(ceiling / 8_000 - 1) < 0.03)
            #expect(model.analyticThroughput(users: 500, inputTokens: 128, outputTokens: output) == ceiling)
        }
        // B / (step(B) + (B/N) · P/S), by hand.
        let byHand = 64 / (0.006 + 64 * 0.00003 + 1.0 * 128 / 400_000)
        #expect(abs(model.ceiling(inputTokens: 128, outputTokens: 64) - byHand) < 1e-6)
    }

    @Test func withoutPrefillItIsTheScalabilityLaw() {
        let model = BatchingModel(slots: 1_000, stepPerPair: 2 * .microsecond, prefillRate: 1e12)
        let lambda = 1 / (model.stepBase + model.stepPerSequence).inSeconds
        let law = ScalabilityLaw(
            lambda: lambda, sigma: model.stepPerSequence.inSeconds * lambda,
            kappa: model.stepPerPair.inSeconds * lambda)
        for users in [1.0, 8, 64, 300] {
            let own = model.throughput(sequences: users, inputTokens: 100, outputTokens: 1_000_000)
            #expect(abs(own / law.throughput(at: users) - 1) < 1e-6)
        }
    }

    @Test func pastTheSlotsRequestsWait() {
        let model = BatchingModel(slots: 8)
        let full = Self.throughput(model, users: 8, prompt: 10, output: 50, steps: 20_000)
        let twice = Self.throughput(model, users: 16, prompt: 10, output: 50, steps: 20_000)
        #expect(abs(twice.tokensPerSecond / full.tokensPerSecond - 1) < 0.03)
        #expect(twice.meanWait > 10 * full.meanWait)
    }

    @Test func admissionLengthensEverybodysStep() {
        var scheduler = BatchScheduler<Int>(
            model: BatchingModel(
                stepBase: 10 * .millisecond, stepPerSequence: 0, prefillRate: 1_000))
        var made: [BatchScheduler<Int>.Emission] = []
        scheduler.submit(1, promptTokens: 0, outputTokens: 3, at: .zero)
        scheduler.advance(to: .zero, into: &made)
        scheduler.submit(2, promptTokens: 5, outputTokens: 2, at: Moment(nanoseconds: 1))
        // Far too late: the times must not show it.
        scheduler.advance(to: Moment(nanoseconds: .second), into: &made)
        #expect(made.map(\.id) == [1, 1, 2, 1, 2])
        #expect(made.map { $0.meant.nanoseconds / .millisecond } == [10, 25, 25, 35, 35])
        #expect(made.map(\.isLast) == [false, false, false, true, true])
        #expect(scheduler.next == nil)
    }

    @Test func firstInFirstOut() {
        var scheduler = BatchScheduler<Int>(model: BatchingModel(slots: 1))
        var made: [BatchScheduler<Int>.Emission] = []
        for id in 1...4 {
            scheduler.submit(id, promptTokens: 1, outputTokens: 1, at: Moment(nanoseconds: Int64(id)))
        }
        scheduler.cancel(3)
        scheduler.cancel(99)
        #expect(scheduler.waiting == 3)
        scheduler.advance(to: Moment(nanoseconds: .second), into: &made)
        #expect(made.map(\.id) == [1, 2, 4])
        #expect(scheduler.running == 0)
    }

    @Test func degenerateRequestsMakeOneToken() {
        var scheduler = BatchScheduler<Int>(model: BatchingModel())
        var made: [BatchScheduler<Int>.Emission] = []
        scheduler.advance(to: Moment(nanoseconds: .second), into: &made)
        #expect(made.isEmpty)
        scheduler.submit(1, promptTokens: -5, outputTokens: 0, at: .zero)
        scheduler.advance(to: Moment(nanoseconds: .second), into: &made)
        #expect(made.count == 1)
        #expect(BatchingModel().analyticThroughput(users: 0, inputTokens: 1, outputTokens: 1) == 0)
        #expect(BatchingModel().analyticThroughput(users: 1, inputTokens: 1, outputTokens: 0) == 0)
    }

    /// Prompts of ten tokens, answers of ten, on room for 32.
    private static func crowded(_ requests: Int) -> (made: [BatchScheduler<Int>.Emission], preempted: [Int]) {
        let model = BatchingModel(stepPerSequence: 0, prefillRate: 10_000)
        var scheduler = BatchScheduler<Int>(model: model, kvCapacity: 32)
        var made: [BatchScheduler<Int>.Emission] = []
        for id in 0..<requests { scheduler.submit(id, promptTokens: 10, outputTokens: 10, at: .zero) }
        while let next = scheduler.next ?? (made.isEmpty ? .zero : nil) {
            scheduler.advance(to: next, into: &made)
            #expect(scheduler.held.reduce(0) { $0 + $1.tokens } <= 32)
        }
        return (made, scheduler.preempted)
    }

    @Test func whoBeganLastGivesUpItsPlaceWhereTheCacheIsFull() throws {
        let (made, preempted) = Self.crowded(3)
        // Two begin; after six tokens each, there is room for no more. Later the third gives way to the second.
        #expect(preempted == [1, 2])
        for id in 0..<3 {
            let own = made.filter { $0.id == id }
            #expect(own.map(\.index) == Array(0..<10) && own.last?.isLast == true)
            #expect(own.allSatisfy { $0.admitted == own[0].admitted })
        }
        let second = made.filter { $0.id == 1 }
        // What it had is computed again, once the first is done, and the third's prompt with it.
        #expect(second.map(\.computed) == [10, 0, 0, 0, 0, 0, 16, 0, 0, 0])
        #expect(second.map(\.preemptions) == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
        let first = try #require(made.last { $0.id == 0 })
        #expect(second[6].meant - first.meant == 6 * .millisecond + 2_600 * .microsecond)
        let third = try #require(made.first { $0.id == 2 })
        #expect(third.meant >= second[6].meant)
    }

    @Test func whatIsLargerThanTheCacheRunsAlone() {
        var scheduler = BatchScheduler<Int>(model: BatchingModel(), kvCapacity: 4)
        var made: [BatchScheduler<Int>.Emission] = []
        for id in 0..<2 { scheduler.submit(id, promptTokens: 10, outputTokens: 3, at: .zero) }
        scheduler.advance(to: .zero + .second, into: &made)
        #expect(made.map(\.id) == [0, 0, 0, 1, 1, 1] && scheduler.preempted.isEmpty)
    }

    @Test func whoGoesAwayLeavesItsRoom() {
        var scheduler = BatchScheduler<Int>(model: BatchingModel(), kvCapacity: 30)
        var made: [BatchScheduler<Int>.Emission] = []
        for id in 0..<3 { scheduler.submit(id, promptTokens: 20, outputTokens: 5, at: .zero) }
        scheduler.advance(to: .zero, into: &made)
        #expect(scheduler.running == 1 && scheduler.waiting == 2)
        scheduler.cancel(0)
        scheduler.cancel(1)
        scheduler.advance(to: .zero + .second, into: &made)
        #expect(made.map(\.id).suffix(5) == [2, 2, 2, 2, 2])
    }
}
