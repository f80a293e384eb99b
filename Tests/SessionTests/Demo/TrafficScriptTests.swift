import Measure
import Testing

@testable import Session

@Suite struct TrafficScriptTests {
    private static let script = TrafficScript([
        .init(at: 0, users: [2, 0]), .init(at: 10, users: [2, 8]), .init(at: 20, users: [0, 8]),
    ])

    private static func users(of server: Int, at seconds: [Double]) -> [Int] {
        seconds.map { script.users(of: server, at: .seconds($0)) }
    }

    @Test func usersComeAndGoEvenlyBetweenScenes() {
        #expect(Self.users(of: 0, at: [0, 5, 10, 15, 20]) == [2, 2, 2, 1, 0])
        #expect(Self.users(of: 1, at: [0, 2.5, 5, 9.9, 10, 15]) == [0, 2, 4, 8, 8, 8])
    }

    @Test func outsideOfItNothingChanges() {
        #expect(
            Self.users(of: 1, at: [-5, 25, 1e6]) == [0, 8, 8] && Self.users(of: 2, at: [0, 5]) == [0, 0])
        #expect(TrafficScript([]).users(of: 0, at: 0) == 0 && TrafficScript([]).length == 0)
        #expect(Self.script.length == 20 * .second)
    }

    @Test func theDemosSecondServerGetsIntoTroubleAndOutOfIt() {
        let demo = TrafficScript.demo
        func users(_ seconds: Double) -> [Int] { (0...1).map { demo.users(of: $0, at: .seconds(seconds)) } }
        #expect(demo.length == 78 * .second)
        #expect(users(0) == [6, 4] && users(30)[1] == 44 && users(70)[1] < 10)
        // The first is never in trouble.
        #expect((0...78).allSatisfy { users(Double($0))[0] <= 22 })
    }
}
