import Measure
import Testing

@Suite struct PlateauTests {
    private func levels(
        _ users: [Int], noise: Double = 0, seed: UInt64 = 1, _ throughput: (Double) -> Double
    ) -> [LevelResult] {
        var random = SplitMix64(seed: seed)
        return users.enumerated().map { index, count in
            let mean = throughput(Double(count)) * (1 + noise * random.normal())
            return LevelResult.sample(
                level: index, users: count,
                throughput: Estimate(mean: mean, halfWidth: noise > 0 ? 1.96 * noise * mean : nil))
        }
    }

    private let doubling = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]

    @Test(arguments: [3.0, 10, 16, 20, 23, 31, 33, 48, 100, 200])
    func aHardLimit(cap: Double) throws {
        let until = doubling.prefix { Double($0) < 8 * cap }
        let plateau = try #require(Plateau.find(levels: levels(Array(until)) { min($0, cap) * 80 }))
        #expect(plateau.reached)
        #expect(abs(plateau.throughput / (80 * cap) - 1) < 0.03)
        #expect(plateau.load.amount >= 0.95 * cap)
        #expect(plateau.load.amount < 2 * cap)
    }

    @Test(arguments: [3.0, 16, 23, 33, 48, 100], [UInt64(1), 2, 3, 4, 5])
    func aHardLimitWithNoise(cap: Double, seed: UInt64) throws {
        let until = Array(doubling.prefix { Double($0) < 8 * cap })
        let plateau = try #require(
            Plateau.find(levels: levels(until, noise: 0.01, seed: seed) { min($0, cap) * 80 }))
        #expect(plateau.reached)
        #expect(abs(plateau.throughput / (80 * cap) - 1) < 0.03, "\(plateau)")
    }

    /// A decode step that slows as the batch grows, and so many slots.
    @Test(arguments: [16.0, 64, 100, 200])
    func continuousBatching(slots: Double) throws {
        func throughput(_ users: Double) -> Double {
            let batch = min(users, slots)
            return batch / (0.008 + 0.00006 * batch)
        }
        let until = Array(doubling.prefix { Double($0) < 8 * slots })
        let plateau = try #require(Plateau.find(levels: levels(until, throughput)))
        #expect(plateau.reached)
        #expect(abs(plateau.throughput / throughput(slots) - 1) < 0.03, "\(plateau)")
    }

    @Test(
        arguments: [
            ScalabilityLaw(lambda: 100, sigma: 0.1, kappa: 0),
            ScalabilityLaw(lambda: 100, sigma: 0.05, kappa: 0),
            ScalabilityLaw(lambda: 100, sigma: 0.02, kappa: 0.0001),
            ScalabilityLaw(lambda: 100, sigma: 0.1, kappa: 0.002),
        ], [0.0, 0.01])
    func theLaw(law: ScalabilityLaw, noise: Double) throws {
        let plateau = try #require(
            Plateau.find(levels: levels(doubling, noise: noise) { law.throughput(at: $0) }))
        let truth = try #require(law.peak).throughput
        #expect(plateau.reached)
        #expect(abs(plateau.throughput / truth - 1) < 0.03, "\(plateau)")
        #expect(plateau.law != nil)
    }

    @Test func stillGrowing() throws {
        let plateau = try #require(Plateau.find(levels: levels([1, 2, 4, 8]) { $0 * 10 }))
        #expect(!plateau.reached)
        #expect(plateau.throughput == 80)
        #expect(plateau.load == .users(8))
        // Small steps buy little, whatever the server can do.
        #expect(Plateau.find(levels: levels([100, 102, 104, 106]) { $0 * 10 })?.reached == false)
    }

    @Test func anyOrderAndRepeats() throws {
        var shuffled = levels([64, 1, 8, 8, 2, 32, 4, 16, 128, 128]) { min($0, 20) * 80 }
        let plateau = try #require(Plateau.find(levels: shuffled))
        shuffled.reverse()
        #expect(Plateau.find(levels: shuffled) == plateau)
        #expect(abs(plateau.throughput - 1600) < 1)
    }

    @Test func levelsThatFailedAreLeftOut() throws {
        var some = levels([1, 2, 4, 8, 16, 32]) { min($0, 4) * 80 }
        some[5].throughput.mean = 5000
        some[5].trust = [.errors]
        #expect(abs((Plateau.find(levels: some)?.throughput ?? 0) - 320) < 1)
        var all = levels([1]) { $0 }
        all[0].trust = [.cutShort]
        #expect(Plateau.find(levels: all)?.reached == false)
    }

    @Test func nothingToFind() {
        #expect(Plateau.find(levels: []) == nil)
        #expect(Plateau.find(levels: levels([1, 2]) { _ in .nan }) == nil)
        #expect(Plateau.find(levels: levels([0, -4]) { _ in 5 }) == nil)
        #expect(Plateau.find(levels: levels([1, 2]) { _ in 0 }) == nil)
        #expect(Plateau.find(levels: levels([5]) { _ in 7 })?.throughput == 7)
    }
}
