import Measure
import Simulator
import System
import Testing

@testable import Client

@Suite("Many users", .serialized, .timeLimit(.minutes(10)))
struct ManyUsersTests {
    @Test("1,024 users: each with a connection, each with answers, none failed")
    func aThousandUsers() async throws {
        OpenFiles.raiseLimit()
        // Slow answers: all are to be out at once, and neither side short of time.
        let slow = SimulatorSettings(mode: .paced(PacedModel(ttft: 3 * .second, tpot: .second)))
        try await withServer(slow) { server in
            var rig = try await LoadRig(try await discover(server.url), tokens: 2)
            try await rig.hold(1024)
            var served: Set<UInt32> = []
            var seen = 0
            try await rig.until { $0.inFlight == 1024 }
            try await rig.until { rig in
                served.formUnion(rig.requests[seen...].filter(\.succeeded).map(\.user))
                seen = rig.requests.count
                return served.count == 1024
            }
            #expect(rig.users == 1024)
            #expect(await server.truth()?.connections == 1024)
            try await rig.end()
            #expect(rig.failed.isEmpty)
            #expect(Set(rig.requests.filter { $0.connect != nil }.map(\.user)).count == 1024)
        }
    }
}
