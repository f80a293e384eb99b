import ArgumentParser
import Measure
import Testing

@testable import plimsoll

@Suite struct LoadOptionsTests {
    @Test(arguments: ["0", "0s", "0ms"])
    func noWarmUp(text: String) throws {
        let options = try LoadOptions.parse(["--warmup", text])
        #expect(try options.plan().sweep.warmUp == 0)
        #expect(options.recorded["warmup"] == "0s")
    }

    @Test(arguments: [["--dwell", "0s"], ["--warmup", "-1s"], ["--warmup", "1"]])
    func noTimes(arguments: [String]) {
        #expect(throws: (any Error).self) { try LoadOptions.parse(arguments) }
    }

    @Test func flags() throws {
        let plan = try LoadOptions.parse(["--dwell", "8s", "--exact-dwell", "--one-after-another"]).plan()
        #expect(plan.sweep.shortestDwell == 8 * .second && plan.sweep.longestDwell == 8 * .second)
        #expect(plan.oneAfterAnother)
        let other = try LoadOptions.parse([]).plan()
        #expect(other.sweep.longestDwell > other.sweep.dwell && !other.oneAfterAnother)
    }

    @Test func aBudgetAddsLevels() {
        #expect(LoadOptions.helpMessage(columns: 400).contains("A --budget adds levels"))
    }
}
