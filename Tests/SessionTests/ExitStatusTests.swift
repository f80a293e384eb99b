import Measure
import Testing

@testable import Session

/// The exit codes, row by row: what a session's last snapshot and its end say.
@Suite struct ExitStatusTests {
    /// Swift Testing has one, too.
    typealias Status = Session.ExitStatus

    private static func level(
        _ number: Int, users: Int, held: Bool? = nil, completed: Int = 100, failed: Int = 0,
        trust: [TrustFlag] = []
    ) -> LevelResult {
        LevelResult(
            endpoint: EndpointID(0), level: number, load: .users(users), windowStart: .zero,
            windowEnd: Moment(nanoseconds: .second), completed: completed, failed: failed,
            windowTokens: Double(completed), throughput: Estimate(mean: Double(completed), halfWidth: nil),
            budgetHeld: held, trust: trust)
    }

    private static func endpoint(
        _ phase: Phase, completed: Int = 100, failed: Int = 0, last: FailureKind? = nil,
        levels: [LevelResult] = [level(0, users: 1), level(1, users: 2)], line: Int? = nil,
        seeming: Int? = nil
    ) -> EndpointSnapshot {
        EndpointSnapshot(
            info: EndpointInfo(
                id: EndpointID(0), url: "http://a", label: "a", model: "m", dialect: "chat"),
            phase: phase, completed: completed, failed: failed,
            lastFailure: last.map { RequestFailure(kind: $0, message: "so") }, levels: levels,
            loadLine: line.map {
                LoadLine(load: .users($0), throughput: 1, brokenAt: nil, heldAt: .users($0))
            }
                ?? seeming.map { LoadLine(load: .users($0), throughput: 1, brokenAt: nil) })
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var endpoints: [EndpointSnapshot]
        var asked = false
        var signal: Int32?
        var lost = false
        var status: Status
        var testDescription: String { name }
    }

    private static let held = [level(0, users: 1, held: true), level(1, users: 2, held: true)]
    private static let broken = [level(0, users: 1, held: false), level(1, users: 2, held: false)]
    private static let unknown = [level(0, users: 1), level(1, users: 2, held: false)]
    private static let sound = endpoint(.done(.planDone))
    private static let gone = endpoint(.done(.errors), failed: 5, last: .connectionRefused)

    static let rows: [Row] = [
        Row(name: "measured", endpoints: [sound], status: .done),
        Row(name: "plateau", endpoints: [endpoint(.done(.plateau))], status: .done),
        Row(name: "left by q, no budget", endpoints: [endpoint(.done(.stopped))], status: .done),
        Row(
            name: "left by q before the first answer",
            endpoints: [endpoint(.done(.stopped), completed: 0, levels: [])], status: .done),
        Row(
            name: "a load line", endpoints: [endpoint(.done(.planDone), levels: held, line: 2)], asked: true,
            status: .done),
        Row(
            name: "the plan ended over the budget",
            endpoints: [endpoint(.done(.overBudget), levels: held, line: 1)], asked: true, status: .done),
        Row(
            name: "smallest load broken", endpoints: [endpoint(.done(.overBudget), levels: broken)],
            asked: true, status: .broken),
        Row(
            name: "smallest load undecided", endpoints: [endpoint(.done(.planDone), levels: unknown)],
            asked: true, status: .undecided),
        Row(
            name: "a load line that only seems to be there",
            endpoints: [endpoint(.done(.planDone), levels: unknown, seeming: 1)], asked: true,
            status: .undecided),
        Row(
            name: "q with a budget", endpoints: [endpoint(.done(.stopped), levels: held, line: 2)],
            asked: true, status: .undecided),
        Row(
            name: "q, and the smallest load broken", endpoints: [endpoint(.done(.stopped), levels: broken)],
            asked: true, status: .broken),
        Row(
            name: "q before any level, with a budget", endpoints: [endpoint(.done(.stopped), levels: [])],
            asked: true, status: .undecided),
        Row(
            name: "a budget that nobody asks about", endpoints: [endpoint(.done(.planDone), levels: broken)],
            status: .done),
        Row(
            name: "the breaker", endpoints: [endpoint(.done(.errors), failed: 50, last: .serverError)],
            status: .broken),
        Row(
            name: "the breaker before the first window",
            endpoints: [endpoint(.done(.errors), completed: 3, failed: 50, last: .serverError, levels: [])],
            status: .broken),
        Row(
            name: "the breaker, and nothing answered",
            endpoints: [endpoint(.done(.errors), completed: 0, failed: 5, last: .serverError, levels: [])],
            status: .endpointUnusable),
        Row(
            name: "errors at every level",
            endpoints: [
                endpoint(.done(.planDone), levels: [level(0, users: 1, failed: 30, trust: [.errors])])
            ],
            status: .broken),
        Row(
            name: "two of twenty failed",
            endpoints: [
                endpoint(
                    .done(.planDone), levels: [level(0, users: 1, completed: 18, failed: 2, trust: [.errors])]
                )
            ], status: .done),
        Row(name: "went away", endpoints: [gone], status: .endpointUnusable),
        Row(
            name: "never answers",
            endpoints: [
                endpoint(.done(.planDone), completed: 0, levels: [level(0, users: 1, completed: 0)])
            ], status: .endpointUnusable),
        Row(
            name: "never answers, with a budget",
            endpoints: [
                endpoint(
                    .done(.overBudget), completed: 0, levels: [level(0, users: 1, held: false, completed: 0)])
            ], asked: true, status: .endpointUnusable),
        Row(
            name: "fell silent",
            endpoints: [
                endpoint(
                    .done(.planDone), levels: [level(0, users: 1), level(1, users: 2, completed: 0)])
            ], status: .endpointUnusable),
        Row(
            name: "one of three couldn't be asked",
            endpoints: [sound, endpoint(.failed("no"), completed: 0, levels: []), sound],
            status: .endpointUnusable),
        Row(name: "one of two went away", endpoints: [sound, gone], status: .endpointUnusable),
        Row(
            name: "one of two undecided",
            endpoints: [
                endpoint(.done(.planDone), levels: held, line: 2),
                endpoint(.done(.planDone), levels: unknown),
            ], asked: true, status: .undecided),
        Row(
            name: "broken wins over undecided",
            endpoints: [
                endpoint(.done(.planDone), levels: unknown), endpoint(.done(.planDone), levels: broken),
            ], asked: true, status: .broken),
        Row(
            name: "unreachable wins over broken",
            endpoints: [endpoint(.done(.planDone), levels: broken), gone], asked: true,
            status: .endpointUnusable),
        Row(name: "nobody", endpoints: [], status: .endpointUnusable),
        Row(name: "a lost file", endpoints: [sound], lost: true, status: .fileUnusable),
        Row(
            name: "a lost file wins over a lost endpoint", endpoints: [gone], lost: true,
            status: .fileUnusable),
        Row(
            name: "a signal wins over all", endpoints: [gone], asked: true, signal: 15, lost: true,
            status: .signal(15)),
        Row(name: "^C", endpoints: [endpoint(.done(.stopped))], signal: 2, status: .signal(2)),
    ]

    @Test(arguments: rows)
    func status(_ row: Row) {
        let session = SessionInfo(
            started: WallAnchor(moment: .zero, unixNanoseconds: 0), version: "0", command: "sweep",
            options: [:],
            seed: 1, host: "h")
        let snapshot = Snapshot(session: session, at: .zero, endpoints: row.endpoints)
        let status = Status.of(
            snapshot,
            Status.Circumstances(wantsLoadLine: row.asked, signal: row.signal, lostFile: row.lost))
        #expect(status == row.status)
    }

    @Test func codes() {
        let codes = [
            Status.done, .broken, .wrongUsage, .endpointUnusable, .fileUnusable, .undecided, .signal(2),
            .signal(15),
        ].map(\.code)
        #expect(codes == [0, 1, 2, 3, 4, 5, 130, 143])
    }
}
