/// What a row says of the session that it is from, so that rows of several may be put under each other.
extension LevelResult {
    static let sessionColumnNames = [
        "run_id", "run_started", "host", "plimsoll_version", "server", "dialect", "asked_input_tokens",
        "asked_output_tokens", "asked_dwell", "budget", "seed", "window_start_iso", "window_end_iso",
        "command",
    ]

    func sessionColumns(_ session: SessionInfo?, _ info: EndpointInfo?, _ anchor: WallAnchor) -> [Column] {
        let plan = session?.plan
        return [
            Column("run_id", .text(session?.runID)),
            Column("run_started", .text(session.map { $0.started.iso($0.started.moment) })),
            Column("host", .text(session?.host)),
            Column("plimsoll_version", .text(session?.version)),
            Column("server", .text(info?.server?.text)),
            Column("dialect", .text(info?.dialect)),
            Column("asked_input_tokens", .integer(plan?.workload.inputTokens)),
            Column("asked_output_tokens", .integer(plan?.workload.outputTokens)),
            Column("asked_dwell", .number(plan?.sweep.dwell.inSeconds)),
            Column("budget", .text(plan?.sweep.budget?.text)),
            // Of 64 bits, as text: tables take it for a number and round it.
            Column("seed", .text(session.map { String($0.seed) })),
            Column("window_start_iso", .text(anchor.iso(windowStart))),
            Column("window_end_iso", .text(anchor.iso(windowEnd))),
            Column("command", .text(session?.command(for: info.map { [$0] } ?? []))),
        ]
    }
}
