import Measure
import Testing

@testable import Session

@Suite struct DescriptorNeedTests {
    private func plan(_ levels: SweepPlan.Levels) -> SweepPlan {
        SweepPlan(levels: levels, dwell: .second, warmUp: .second)
    }

    @Test func whatFitsStays() throws {
        let need = DescriptorNeed(limit: 1024, endpoints: 1)
        for levels in [SweepPlan.Levels.list([1, 960]), .automatic(limit: 960)] {
            let (fitting, note) = try need.fit(plan(levels))
            #expect(fitting.levels == levels && note == nil)
        }
    }

    @Test func aListThatDoesNotFitIsRefused() throws {
        do {
            _ = try DescriptorNeed(limit: 1024, endpoints: 2).fit(plan(.list([1, 500])))
            Issue.record("taken")
        } catch {
            #expect(error.status == .wrongUsage)
            #expect(error.message.contains("ulimit -n 1064") && error.message.contains("1024"))
        }
        let most = DescriptorNeed(limit: 1 << 20, endpoints: 8)
        #expect(throws: CommandFailure.self) { try most.fit(plan(.list([.max]))) }
    }

    @Test func theSearchIsCappedAndSaysSo() throws {
        let (fitting, note) = try DescriptorNeed(limit: 1024, endpoints: 2, perUser: 2).fit(
            plan(.automatic(limit: 1024)))
        #expect(fitting.levels == .automatic(limit: 240))
        #expect(note?.contains("ulimit -n 4160") == true)
        #expect(throws: CommandFailure.self) {
            try DescriptorNeed(limit: 32, endpoints: 1).fit(plan(.automatic(limit: 1024)))
        }
    }
}
