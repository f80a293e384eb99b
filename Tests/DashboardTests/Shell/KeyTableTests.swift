import Canvas
import Charts
import Measure
import Testing

@testable import Dashboard

@Suite struct KeyTableTests {
    @Test func noKeyIsBoundTwice() {
        var seen: Set<Key> = []
        for key in KeyTable.sweep.rows.flatMap(\.bindings).flatMap(\.keys) {
            #expect(seen.insert(key).inserted, "\(key) is bound twice")
        }
    }

    @Test func footerRanksAreAllDifferent() {
        let ranks = KeyTable.sweep.rows.compactMap(\.footerRank)
        #expect(Set(ranks).count == ranks.count)
    }

    @Test(arguments: [
        (Key.character("q"), Command.quit), (.character("Q"), .quitAtOnce), (.control("c"), .quitAtOnce),
        (.character(" "), .freeze), (.left, .older), (.character("h"), .older),
        (.right, .newer), (.character("l"), .newer), (.up, .previousEndpoint),
        (.character("k"), .previousEndpoint), (.down, .nextEndpoint), (.character("j"), .nextEndpoint),
        (.tab, .nextEndpoint), (.backTab, .previousEndpoint), (.character("+"), .steer(.adjustUsers(by: 1))),
        (.character("="), .steer(.adjustUsers(by: 1))), (.character("-"), .steer(.adjustUsers(by: -1))),
        (.character("n"), .steer(.nextLevel)),
        (.character("r"), .steer(.repeatLevel)), (.character("p"), .steer(.pause)), (.character("m"), .mark),
        (.character("e"), .export), (.character("t"), .theme), (.character("/"), .filter),
        (.character("?"), .help), (.function(1), .help), (.control("l"), .redraw), (.escape, .back),
        (.character("1"), .panel(1)), (.character("8"), .panel(8)),
    ])
    func keysMeanWhatHandsKnow(key: Key, command: Command) {
        #expect(KeyTable.sweep.command(for: key) == command)
    }

    @Test func keysWithoutAMeaningHaveNone() {
        for key in [Key.character("x"), .character("9"), .function(2), .enter, .control("z")] {
            #expect(KeyTable.sweep.command(for: key) == nil)
        }
    }
}
