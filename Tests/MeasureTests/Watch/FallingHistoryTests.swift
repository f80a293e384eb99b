import Testing

@testable import Measure

@Suite struct FallingHistoryTests {
    private struct Counted: Absorbing {
        var at: Moment
        var stands = 1
        mutating func absorb(_ earlier: Counted) { stands += earlier.stands }
    }

    private func history(seconds: Int, step: Nanoseconds = .second) -> FallingHistory<Counted> {
        var history = FallingHistory<Counted>()
        for index in 0..<seconds { history.append(Counted(at: Moment(nanoseconds: Int64(index) * step))) }
        return history
    }

    @Test func theNearerTheFiner() {
        let elements = history(seconds: 4000).elements
        #expect(elements.map(\.at) == elements.map(\.at).sorted())
        // Nothing is lost of an hour.
        #expect(elements.reduce(0) { $0 + $1.stands } == 4000)
        #expect(elements.suffix(100).allSatisfy { $0.stands == 1 })
        #expect(elements[elements.count / 2].stands > 1)
    }

    @Test func memoryIsBounded() {
        let day = history(seconds: 86_400)
        #expect(day.count < 540)
        let oldest = day.elements.first?.at.nanoseconds ?? 0
        // Six hours and no more.
        #expect((64_000 * Nanoseconds.second...65_100 * .second).contains(oldest))
        // However often there is one.
        #expect(history(seconds: 50_000, step: 10 * .millisecond).count < 350)
    }

    @Test func theNewest() {
        let newest = history(seconds: 4000).newest(after: Moment(nanoseconds: 3890 * .second))
        #expect(newest.count == 109)
        #expect(
            newest.first?.at.nanoseconds == 3999 * .second && newest.last?.at.nanoseconds == 3891 * .second)
        #expect(history(seconds: 10).newest(after: Moment(nanoseconds: -1)).count == 10)
    }

    @Test func theNearest() {
        let history = history(seconds: 300)
        #expect(
            history.nearest(to: Moment(nanoseconds: 290 * .second + 400 * .millisecond))?.at.nanoseconds
                == 290 * .second)
        #expect(history.nearest(to: Moment(nanoseconds: 999 * .second))?.at.nanoseconds == 299 * .second)
        #expect(history.nearest(to: Moment(nanoseconds: -5))?.at == history.elements.first?.at)
        #expect(FallingHistory<Counted>().nearest(to: .zero) == nil)
    }
}
