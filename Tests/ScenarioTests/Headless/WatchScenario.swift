import Foundation
import Testing

extension Scenarios {
    @Test(
        "A watch prints how two engines stand under a sweep, is a health check, and its recording is shown again"
    )
    func watch() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start("--engines", "2", in: scratch)
        let load = try Program(
            ["sweep", endpoint.url, "--headless", "--no-record", "--users", "8", "--for", "10m"]
                + Endpoint.short, in: scratch)
        defer { load.send(SIGKILL) }
        try await load.says("prompts of")

        let once = try await Program.run(
            ["watch", endpoint.url + "/v1", "--once", "--json", "--no-gpu"], in: scratch)
        #expect(once.status == 0 && once.error == "")
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(once.output.utf8)) as? [String: Any])
        let server = try #require((document["endpoints"] as? [[String: Any]])?.first)
        #expect(server["model"] as? String == "simulated-8b" && server["engine"] as? String == "vllm")
        #expect(server["generation_tokens_per_s"] as? Double ?? 0 > 0)
        #expect((server["engines"] as? [[String: Any]])?.count == 2)
        let ttft = try #require(server["ttft_ms"] as? [String: Any])
        #expect(ttft["count"] as? Int ?? 0 > 0 && ttft["mean"] as? Double ?? 0 > 0)

        let check = try await Program.run(
            ["watch", endpoint.url, "--once", "--budget", "ttft:p50<1ms", "--no-gpu"], in: scratch)
        #expect(check.status == 1, "\(check.output)\(check.error)")

        let watched = try await Program.run(
            ["watch", endpoint.label, "--for", "3s", "--headless", "--no-gpu", "--record", "w.plimsoll"],
            in: scratch)
        #expect(watched.status == 0 && watched.error.contains("running"), "\(watched.error)")
        let replayed = try await Program.run(["replay", "w.plimsoll", "--headless"], in: scratch)
        #expect(replayed.status == 0 && replayed.output.contains("simulated-8b"), "\(replayed.output)")
    }

    @Test(
        "A watch of nobody is said in one line",
        arguments: [
            (["watch", "--no-discover"], 2), (["watch", "127.0.0.1:9", "--once"], 3),
            (["watch", "ftp://host", "--once"], 2), (["watch", "127.0.0.1:9", "--interval", "1ms"], 2),
            (["watch", "127.0.0.1:9", "--line", "none.plimsoll"], 4),
        ] as [([String], Int32)])
    func watchOfNobody(arguments: [String], status: Int32) async throws {
        let result = try await Program.run(arguments, in: try Scratch())
        #expect(result.status == status)
        if status != 3 {
            #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
            #expect(result.output == "")
        }
    }
}
