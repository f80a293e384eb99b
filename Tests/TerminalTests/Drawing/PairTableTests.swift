import Testing

@testable import Terminal

@Suite struct PairTableTests {
    private func colors(_ foreground: Int32, _ background: Int32 = -1) -> PairTable.Colors {
        .init(foreground: foreground, background: background)
    }

    @Test func terminalsOwnColoursAreZero() {
        var table = PairTable(capacity: 0)
        #expect(table.choose(.terminal, onScreen: { [] }) == .ready(0))
    }

    @Test func oneNumberForTwoColours() {
        var table = PairTable(capacity: 3)
        #expect(table.choose(colors(1), onScreen: { [] }) == .fresh(1))
        #expect(table.choose(colors(1, 4), onScreen: { [] }) == .fresh(2))
        #expect(table.choose(colors(1), onScreen: { [] }) == .ready(1))
    }

    @Test func longestUnusedGoes() {
        var table = PairTable(capacity: 2)
        _ = table.choose(colors(1), onScreen: { [] })
        _ = table.choose(colors(2), onScreen: { [] })
        _ = table.choose(colors(1), onScreen: { [] })
        #expect(table.choose(colors(3), onScreen: { [] }) == .fresh(2))
        #expect(table.choose(colors(1), onScreen: { [] }) == .ready(1))
    }

    @Test func whatIsOnTheScreenStays() {
        var table = PairTable(capacity: 2)
        _ = table.choose(colors(1), onScreen: { [] })
        _ = table.choose(colors(2), onScreen: { [] })
        #expect(table.choose(colors(3), onScreen: { [colors(1)] }) == .fresh(2))
        #expect(table.choose(colors(4), onScreen: { [colors(1), colors(3)] }) == .none)
        #expect(table.choose(colors(3), onScreen: { [] }) == .ready(2))
    }

    @Test func noPairsAtAll() {
        var table = PairTable(capacity: -1)
        #expect(table.choose(colors(1), onScreen: { [] }) == .none)
    }
}
