import Testing

extension Scenarios {
    @Test(
        "simulate: an option that makes no sense, or more than any clock bears, is one line and exit code 2",
        arguments: [
            (["--port", "70000"], "--port"), (["--port=-1"], "--port"), (["--port", "x"], "--port"),
            (["--slots", "0"], "--slots"), (["--slots=-1"], "--slots"),
            (["--slots", "9223372036854775807"], "--slots"),
            (["--slots", "99999999999999999999"], "--slots"),
            (["--slots", "1000000", "--step-per-sequence", "1000000"], "longer than 1 h"),
            (["--step", "0ms"], "--step"), (["--step=-1s"], "--step"), (["--step", "2h"], "--step"),
            (["--step", "nans"], "--step"), (["--step", "1e300h"], "--step"),
            (["--step-per-sequence=-1"], "--step-per-sequence"),
            (["--step-per-sequence", "9223372036854775807"], "--step-per-sequence"),
            (["--step-per-sequence=-9223372036854775808"], "--step-per-sequence"),
            (["--prefill", "0"], "--prefill"), (["--prefill=-1"], "--prefill"),
            (["--prefill", "nan"], "--prefill"), (["--prefill", "inf"], "--prefill"),
            (["--prefill", "1e300"], "--prefill"),
            (["--paced-ttft", "2h"], "--paced-ttft"), (["--paced-tpot", "160h"], "--paced-tpot"),
            (["--ttft-step", "1s"], "go together"), (["--ttft-step-users", "3"], "go together"),
            (["--ttft-step-users", "0", "--ttft-step", "1s"], "below 1 user"),
            (["--ttft-step-users", "5", "--ttft-step", "2h"], "--ttft-step"),
            (["--loops", "0"], "--loops"), (["--loops", "9223372036854775807"], "--loops"),
            (["--fault-time", "2h"], "--fault-time"), (["--fault", "reset:nan"], "reset:nan"),
            (["--fault", "reset:1e9"], "reset:1e9"),
        ] as [([String], String)])
    func wrongSimulator(arguments: [String], words: String) async throws {
        let scratch = try Scratch()
        expectRefusal(
            try await Program.run(["simulate", "--port", "0"] + arguments, in: scratch), 2, words)
    }
}
