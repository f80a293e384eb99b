import Measure
import NIOCore
import NIOPosix

extension Connection {
    func route(_ request: HTTPRequest) {
        if request.path.hasPrefix("/v1/"), !isAllowed(request) {
            let message = "Incorrect API key provided."
            if request.method == "POST" { reject(request, status: 401) }
            replyError(status: 401, message: message, type: "AuthenticationError")
            return
        }
        switch (request.method, request.path) {
        case ("GET", "/health"), ("GET", "/ping"): reply(type: "text/plain", body: "")
        case ("GET", "/version"): reply(body: "{\"version\":\"plimsoll-simulator\"}")
        case ("GET", "/v1/models"): replyModels()
        case ("GET", "/metrics"):
            isBusy = true
            finish(server.value.page()) { connection, page in
                connection.reply(type: "text/plain; version=0.0.4; charset=utf-8", body: page)
            }
        case ("GET", "/truth"): replyTruth(request)
        case ("GET", "/truth/reset"), ("POST", "/truth/reset"):
            isBusy = true
            finish(server.value.reset()) { connection, _ in connection.reply(body: "{\"reset\":true}") }
        case ("POST", "/v1/chat/completions"): complete(request, .chat)
        case ("POST", "/v1/completions"): complete(request, .text)
        case (_, "/v1/chat/completions"), (_, "/v1/completions"), (_, "/v1/models"), (_, "/health"):
            reply(status: 405, body: "{\"detail\":\"Method Not Allowed\"}")
        default:
            reply(status: 404, body: "{\"detail\":\"Not Found\"}")
        }
    }

    private func isAllowed(_ request: HTTPRequest) -> Bool {
        guard let key = loop.settings.requiredKey else { return true }
        let bearer = request.headers["authorization"] ?? ""
        return bearer == "Bearer \(key)" || request.headers["api-key"] == key
    }

    // MARK: Truth over HTTP

    private func replyTruth(_ request: HTTPRequest) {
        let since = request.queryValue("since").flatMap { Int64($0) }.map(Moment.init(nanoseconds:))
        let keeps = request.queryValue("requests") != "none"
        gather(keepingRequests: keeps) { connection, truth in
            var truth = truth
            if let since { truth.requests = TruthLedger.ended(after: since, in: truth.requests) }
            connection.replyEncoded(truth)
        }
    }

    private func replyEncoded(_ truth: SimulatorTruth) {
        guard let context else { return }
        isBusy = true
        // Not on the event loop: a long list takes long, and tokens are due. Nor on the tasks' threads, which whoever
        // waits for the answer may hold.
        let encoded = NIOThreadPool.singleton.runIfActive(eventLoop: context.eventLoop) {
            try truth.json()
        }
        finish(encoded) { connection, body in connection.reply(body: body) }
    }

    private func gather(
        keepingRequests: Bool, _ reply: @escaping (Connection, SimulatorTruth) -> Void
    ) {
        isBusy = true
        finish(server.value.gather(keepingRequests: keepingRequests), reply)
    }

    /// Answers once `future` has come, and goes on reading.
    private func finish<Value: Sendable>(
        _ future: EventLoopFuture<Value>, _ reply: @escaping (Connection, Value) -> Void
    ) {
        guard let context else { return }
        future.hop(to: context.eventLoop).assumeIsolated().whenComplete { result in
            self.isBusy = false
            switch result {
            case .success(let value): reply(self, value)
            case .failure(let error):
                self.replyError(status: 500, message: "\(error)", type: "InternalServerError")
            }
            self.readRequests()
        }
    }
}
