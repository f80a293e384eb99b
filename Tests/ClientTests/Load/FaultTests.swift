import Measure
import Simulator
import Testing

@testable import Client

@Suite("Faults, half of the requests each", .serialized, .timeLimit(.minutes(10)))
struct FaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var fault: SimulatorFault
        /// nil: no failure at all.
        var kind: FailureKind?
        var testDescription: String { "\(fault.rawValue) → \(kind?.rawValue ?? "fine")" }
    }

    static let kinds: [SimulatorFault: FailureKind] = [
        .reset: .connectionReset, .close: .closedEarly, .hang: .timeout, .stall: .timeout, .drip: .timeout,
        .endlessHead: .tooLarge, .endlessLine: .tooLarge, .unauthorized: .unauthorized,
        .notFound: .notFound, .rateLimit: .rateLimited, .rateLimitDate: .rateLimited,
        .serverError: .serverError,
        .unavailable: .unavailable, .html: .notAStream, .garbage: .malformed, .cutJSON: .malformed,
        .errorEvent: .inStream, .refuseStreamOptions: .rejected, .refuseContinuousUsage: .rejected,
        .refuseIgnoreEOS: .rejected, .refuseMinTokens: .rejected,
    ]
    /// What the client makes of these is the matter of tests of their own.
    static let apart: Set<SimulatorFault> = [
        .namedError, .truncated, .zeroUsage, .hugeUsage, .closeAtDone,
    ]
    static let cases = SimulatorFault.allCases.filter { !apart.contains($0) }.map {
        Case(fault: $0, kind: kinds[$0])
    }

    @Test("each fault is counted as what it is, and the other requests' figures stay right", arguments: cases)
    func counted(fault: Case) async throws {
        try await withServer { server in
            // Those that only time can tell get little of it; the rest as much as they want.
            let settings = ClientSettings(requestTimeout: fault.kind == .timeout ? 2 * .second : 60 * .second)
            let found = try await discover(server.url)
                .asking(for: "fault:\(fault.fault.rawValue):0.5", settings: settings)
            await server.resetTruth()
            var rig = try await LoadRig(found)
            try await rig.hold(8)
            try await rig.until { rig in
                rig.good.count >= 12 && (fault.kind == nil ? rig.good.count >= 24 : rig.failed.count >= 3)
            }
            try await rig.end()

            let truth = try await truthByNumber(
                server, covering: rig.requests.filter { !$0.wasCancelled }.map(\.number))
            for request in rig.requests where !request.wasCancelled {
                let known = try #require(truth[request.number])
                let isStruck = known.fault != nil || known.outcome == .rejected
                let kind = request.failure?.kind
                #expect(kind == (isStruck ? fault.kind : nil), "\(request.failure?.message ?? "-")")
                guard request.succeeded else { continue }
                #expect(request.outputTokens == known.outputTokens)
                let (first, last) = (try #require(request.first), try #require(request.last))
                // No token is read before it was due.
                if fault.fault != .drip {
                    let (firstMeant, lastMeant) = (
                        try #require(known.firstMeant), try #require(known.lastMeant)
                    )
                    #expect(first >= firstMeant && last >= lastMeant)
                }
                #expect(request.intended <= known.received)
                let own = rig.arrivals.filter { $0.request == request.number }
                #expect(own.count == request.chunks)
                #expect(own.first?.at == first && own.last?.at == last)
                #expect(own.dropFirst().map(\.gap).reduce(0, +) == last - first)
            }
            #expect(Set(rig.failed.compactMap(\.failure?.kind)) == Set([fault.kind].compactMap(\.self)))
        }
    }

    @Test("a user who was told to wait waits as long as it was told")
    func retryAfter() async throws {
        try await withServer { server in
            let found = try await discover(server.url).asking(for: "fault:rate-limit")
            var rig = try await LoadRig(found)
            try await rig.hold(3)
            try await rig.until { rig in
                (0..<3).allSatisfy { user in rig.failed.filter { $0.user == user }.count >= 2 }
            }
            try await rig.end()
            for user in 0..<3 as Range<UInt32> {
                let own = rig.failed.filter { $0.user == user }
                #expect(Set(own.map(\.failure?.retryAfter)) == [Nanoseconds.second])
                for (before, after) in zip(own, own.dropFirst()) {
                    let wait = after.intended - before.end
                    #expect(wait >= Nanoseconds.second)
                }
            }
        }
    }

    @Test("a server that fails at once is not hammered: each failure in a row waits longer")
    func backsOff() async throws {
        try await withServer { server in
            let found = try await discover(server.url).asking(for: "fault:server-error")
            var rig = try await LoadRig(found)
            try await rig.hold(1)
            try await rig.until { $0.failed.count >= 4 }
            try await rig.end()
            let waits = zip(rig.failed, rig.failed.dropFirst()).map { $1.intended - $0.end }
            for (index, wait) in waits.enumerated() {
                let least = Nanoseconds(100 << min(index, 5)) * Nanoseconds.millisecond
                #expect(wait >= least)
            }
        }
    }

    @Test("a server that goes away: connections refused, users go on trying")
    func serverGone() async throws {
        let server = try await SimulatedServer.start(.quick)
        var rig = try await LoadRig(try await discover(server.url))
        try await rig.hold(3)
        try await rig.until { $0.good.count >= 6 }
        await server.stop()
        try await rig.until { $0.failed.filter { $0.failure?.kind == .connectionRefused }.count >= 3 }
        #expect(rig.users == 3)
        try await rig.end()
    }
}
