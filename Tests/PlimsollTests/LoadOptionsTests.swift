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

    @Test(arguments: [("1h", 60), ("10m", 20), ("5s", 5)] as [(String, Nanoseconds)])
    func aSoakTest(time: String, slice: Nanoseconds) throws {
        let sweep = try LoadOptions.parse(["--users", "32", "--for", time, "--budget", "ttft:p95<1s"]).plan()
            .sweep
        #expect(sweep.dwell == Nanoseconds(parsing: time) && sweep.soakSlice == slice * .second)
        #expect(sweep.shortestDwell == sweep.dwell && sweep.longestDwell == sweep.dwell && !sweep.bisects)
        #expect(sweep.longestWarmUp == 60 * .second, "that doesn't grow with it")
    }

    @Test(arguments: [["--for", "1h"], ["--for", "1h", "--users", "1,2"], ["--for", "0s", "--users", "1"]])
    func noSoakTests(arguments: [String]) {
        #expect(throws: (any Error).self) { try LoadOptions.parse(arguments) }
    }

    @Test(
        arguments: [
            ([], 5 * .second), (["--scrape", "500ms"], 500 * .millisecond), (["--scrape", "never"], nil),
        ] as [([String], Nanoseconds?)])
    func scraping(arguments: [String], interval: Nanoseconds?) throws {
        let options = try LoadOptions.parse(arguments)
        #expect(options.scrapeInterval == interval)
        #expect(options.recorded["scrape"] == arguments.last)
    }

    @Test(arguments: ["0s", "10ms", "often", "5"])
    func noScraping(text: String) {
        #expect(throws: (any Error).self) { try LoadOptions.parse(["--scrape", text]) }
    }

    @Test func aBudgetAddsLevels() {
        #expect(LoadOptions.helpMessage(columns: 400).contains("A --budget adds levels"))
    }
}
