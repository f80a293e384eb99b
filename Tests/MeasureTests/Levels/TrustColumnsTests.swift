import Measure
import Testing

@Suite struct TrustColumnsTests {
    @Test(arguments: TrustFlag.allCases)
    func eachFlagHasAColumnOfItsOwn(flag: TrustFlag) {
        var level = LevelResult.sample()
        level.trust = [flag]
        let columns = level.columns(endpoint: nil, anchor: WallAnchor(moment: .zero, unixNanoseconds: 0))
            .filter { $0.name.hasPrefix("trust_") }
        // Beside them few samples, which is no flag, and Little's law, which is dead.
        #expect(columns.count == TrustFlag.allCases.count + 2)
        #expect(columns.contains(Column("trust_littles_law", .missing)))
        let raised = columns.filter { if case .flag(true) = $0.value { true } else { false } }
        #expect(raised.map(\.name) == ["trust_" + flag.rawValue.replacing("-", with: "_")])
    }

    @Test func wordsAreDistinctAndExplained() {
        #expect(Set(TrustFlag.allCases.map(\.label)).count == TrustFlag.allCases.count)
        for flag in TrustFlag.allCases {
            #expect(flag.label.count <= 14)
            #expect(flag.explanation.hasSuffix("."))
        }
    }
}
