import Testing

@testable import Measure

@Suite struct ApartTests {
    private func fellows(_ set: [(inout ServerFigures) -> Void]) -> [ServerFigures] {
        set.map { set in
            var figures = ServerFigures()
            set(&figures)
            return figures
        }
    }

    private func ttft(_ bound: Double) -> LatencyFigures {
        LatencyFigures(
            count: 20, mean: bound, buckets: BucketCounts(bounds: [bound, .infinity], counts: [20, 0]))
    }

    @Test func slow() {
        let apart = Apart.among(
            fellows([100, 110, 160, 90].map { bound in { $0.ttft = self.ttft(bound) } }))
        #expect(apart.map(\.place) == [2] && apart.map(\.figure) == [.ttft])
        #expect(
            Apart.among(fellows([100, 110, 140].map { bound in { $0.ttft = self.ttft(bound) } })).isEmpty)
    }

    @Test func slowPerToken() {
        let apart = Apart.among(fellows([20, 21, 33].map { bound in { $0.tpot = self.ttft(bound) } }))
        #expect(apart.map(\.place) == [2] && apart.map(\.figure) == [.tpot])
    }

    @Test func aFewAnswersTellNothing() {
        let apart = fellows([100, 900].map { bound in { $0.ttft = self.ttft(bound) } })
        #expect(Apart.among(apart).map(\.place) == [1])
        var few = apart
        few[1].ttft?.count = 19
        #expect(Apart.among(few).isEmpty)
    }

    @Test func busy() {
        func apart(_ running: [Double]) -> [Int] {
            Apart.among(fellows(running.map { running in { $0.running = running } })).map(\.place)
        }
        #expect(apart([4, 5, 12]) == [2])
        // Twice as many, but only by two; by ten, but not by half.
        #expect(apart([2, 2, 4]) == [])
        #expect(apart([30, 30, 40]) == [])
        #expect(apart([30]) == [])
    }

    @Test func fullAndEmpty() {
        let usage = [0.5, 0.52, 0.7, 0.3]
        let apart = Apart.among(fellows(usage.map { usage in { $0.kvUsage = usage } }))
        #expect(apart.map(\.place) == [2, 3])
    }

    @Test func whoSaysNothingIsNotApart() {
        #expect(Apart.among(fellows([{ $0.running = 50 }, { _ in }, { _ in }])).isEmpty)
    }
}
