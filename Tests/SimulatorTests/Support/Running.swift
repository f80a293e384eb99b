import Measure

@testable import Simulator

/// Starts a server, hands it over, stops it.
func withServer<Result: Sendable>(
    _ settings: SimulatorSettings = .quick, loops: Int = 1,
    _ body: (SimulatedServer) async throws -> Result
) async throws -> Result {
    let server = try await SimulatedServer.start(settings, loops: loops)
    do {
        let result = try await body(server)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}

extension SimulatorSettings {
    /// Fast enough that a test takes no time.
    static let quick = SimulatorSettings(
        mode: .paced(PacedModel(ttft: 2 * .millisecond, tpot: 200 * .microsecond, tick: 0)),
        dripInterval: .millisecond)
}

/// A chat request's body.
func chat(_ model: String = "simulated-8b", tokens: Int = 8, stream: Bool = true, more: String = "") -> String
{
    let options = stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : ""
    return
        "{\"model\":\"\(model)\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me of rivers\"}],\"max_tokens\":\(tokens)\(options)\(more)}"
}

extension SimulatedServer {
    /// One chat request on a connection of its own.
    func ask(_ body: String, path: String = "/v1/chat/completions", headers: String = "") throws -> Response {
        let client = try RawClient(port: port)
        client.post(path, body, headers: headers)
        return client.takeResponse()
    }

    func get(_ path: String) throws -> Response {
        let client = try RawClient(port: port)
        // Long pages end where the connection does.
        client.send("GET \(path) HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        return client.takeResponse()
    }
}
