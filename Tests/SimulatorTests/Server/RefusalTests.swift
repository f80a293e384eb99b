import Measure
import Testing
import Wire

@testable import Simulator

@Suite(.serialized) struct RefusalTests {
    @Test(arguments: [
        ("{\"model\":", 400), ("[]", 400), ("{}", 400), (#"{"model":"simulated-8b"}"#, 400),
        (#"{"model":"simulated-8b","messages":"bad"}"#, 400),
        (#"{"model":"simulated-8b","messages":[{"content":"x"}]}"#, 400),
        (chat(tokens: 0), 400), (chat(tokens: 1_000_000), 400), (chat(more: ",\"min_tokens\":99"), 400),
        (chat(more: ",\"ignore_eos\":3"), 400), (chat(stream: false, more: ",\"stream_options\":{}"), 400),
        (chat("other"), 404), (chat("fault:none-such"), 404),
    ])
    func badRequestsGetOpenAIsErrors(body: String, status: Int) async throws {
        try await withServer { server async throws in
            let response = try server.ask(body)
            #expect(response.status == status)
            #expect(response.json?["error"]?["code"]?.integer == status)
            #expect(response.json?["error"]?["message"]?.string?.isEmpty == false)
            let truth = try #require(await server.truth())
            #expect(truth.totals.rejected == 1)
            #expect(truth.requests.first?.status == status)
        }
    }

    @Test func theKeyIsAskedFor() async throws {
        var settings = SimulatorSettings.quick
        settings.requiredKey = "sesame"
        try await withServer(settings) { server async throws in
            #expect(try server.ask(chat()).status == 401)
            #expect(try server.get("/v1/models").status == 401)
            #expect(try server.ask(chat(), headers: "Authorization: Bearer sesame\r\n").status == 200)
            #expect(try server.ask(chat(), headers: "api-key: sesame\r\n").status == 200)
            #expect(try server.get("/truth").text.contains("sesame") == false)
        }
    }

    @Test func refusedFieldsAreNamed() async throws {
        var settings = SimulatorSettings.quick
        settings.refusedFields = ["stream_options", "min_tokens"]
        try await withServer(settings) { server async throws in
            let response = try server.ask(chat())
            #expect(response.status == 400)
            #expect(response.json?["error"]?["message"]?.string?.contains("stream_options") == true)
            #expect(try server.ask(chat(stream: false)).status == 200)
        }
    }

    @Test func otherRoutes() async throws {
        try await withServer { server async throws in
            #expect(try server.get("/health").status == 200)
            #expect(try server.get("/nowhere").status == 404)
            #expect(try server.get("/v1/completions").status == 405)
            #expect(try server.get("/v1/models").json?["data"]?.first?["id"]?.string == "simulated-8b")
            let client = try RawClient(port: server.port)
            client.send("complete nonsense\r\n\r\n")
            #expect(client.read() == .closed)
            #expect(Response(prefixOf: client.bytes).status == 400)
        }
    }

    @Test func aPortInUseIsOneClearLine() async throws {
        try await withServer { server async throws in
            let error = await #expect(throws: SimulatorError.self) {
                try await SimulatedServer.start(.quick, port: server.port)
            }
            #expect(error == .portInUse(host: "127.0.0.1", port: server.port))
            #expect(error?.description.contains("\n") == false)
        }
        await #expect(throws: SimulatorError.self) { try await SimulatedServer.start(.quick, port: 70_000) }
        await #expect(throws: SimulatorError.self) { try await SimulatedServer.start(.quick, loops: 0) }
        await #expect(throws: SimulatorError.self) {
            try await SimulatedServer.start(.quick, host: "192.0.2.1")
        }
    }
}
