import Testing

extension Scenarios {
    @Test("A probe says what the server is, what it takes, one TTFT and which metrics it has")
    func probe() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--paced-ttft", "300ms", "--paced-tpot", "1ms", in: scratch)
        let result = try await Program.run(["probe", endpoint.url], in: scratch)
        #expect(result.status == 0 && result.error == "")
        let rows = result.output.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
        func value(_ name: String) -> String {
            rows.first { $0.first == Substring(name) }?.last.map { String($0.drop { $0 == " " }) } ?? ""
        }
        #expect(value("model") == "simulated-8b" && value("version") == "plimsoll-simulator")
        #expect(value("context") == "131072 tokens")
        #expect(value("takes").contains("ignore_eos"))
        let milliseconds = value("TTFT").split(separator: " ").first.flatMap { Double($0) }
        #expect((milliseconds ?? 0) >= 300 && value("TTFT").hasSuffix("(one request)"), "\(result.output)")
        #expect(value("metrics").hasPrefix("/metrics: "))
    }
}
