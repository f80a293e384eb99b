import Measure
import Simulator
import Testing

@testable import Client

/// What users do all the time is handed over with each batch.
@Suite("How users spend their time", .timeLimit(.minutes(10)))
struct UserTimesTests {
    @Test("a user with a request out is out, and one who always is does nothing else", arguments: [1, 2])
    func out(loops: Int) async throws {
        try await withServer { server in
            var rig = try await LoadRig(try await discover(server.url), loops: loops)
            try await rig.hold(4)
            try await rig.until { $0.good.count >= 100 }
            let times = rig.times
            #expect(times.out >= rig.good.reduce(0) { $0 + ($1.end - $1.sent) })
            #expect(times.connecting >= rig.good.reduce(0) { $0 + ($1.connect ?? 0) })
            #expect(times.waiting == 0)
            try await rig.end()
        }
    }

    @Test("a user who was told to wait is neither out nor connecting meanwhile")
    func waiting() async throws {
        try await withServer { server in
            // "Retry-After: 1"
            let found = try await discover(server.url).asking(for: "fault:rate-limit")
            var rig = try await LoadRig(found)
            try await rig.hold(1)
            try await rig.until { $0.failed.count >= 2 }
            let before = rig.times
            #expect(before.waiting >= .second)
            // It waits for the next second.
            try await rig.skip(3)
            #expect(rig.times.waiting > before.waiting)
            try await rig.end()
        }
    }

    @Test("a server that closes after each answer costs connecting, and that is counted apart")
    func connecting() async throws {
        var settings = SimulatorSettings.quick
        settings.closesAfterStream = true
        try await withServer(settings) { server in
            var rig = try await LoadRig(try await discover(server.url))
            try await rig.hold(2)
            try await rig.until { $0.good.count >= 40 }
            let connects = rig.good.compactMap(\.connect)
            #expect(connects.count > 10)
            #expect(rig.times.connecting >= connects.reduce(0, +))
            try await rig.end()
        }
    }

    @Test("each batch says how its loop fares, and reads are probed")
    func vitals() async throws {
        try await withServer { server in
            var rig = try await LoadRig(try await discover(server.url))
            try await rig.hold(8)
            try await rig.until { $0.readLags.count >= 20 && $0.vitals.count >= 3 }
            try await rig.end()
            let cpu = rig.vitals.map(\.threadCPU)
            #expect(cpu == cpu.sorted() && (cpu.last ?? 0) > 0)
            #expect(rig.readLags.allSatisfy { $0 >= 0 })
        }
    }
}
