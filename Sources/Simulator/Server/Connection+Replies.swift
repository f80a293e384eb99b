import NIOCore
import Wire

/// Whole answers: everything that is no stream.
extension Connection {
    /// - Parameter closes: nothing more that the client sends is looked at.
    func reply(
        status: Int = 200, type: String = "application/json", body: String, extra: [(String, String)] = [],
        closes: Bool = false
    ) {
        let head = loop.head.whole(
            status: status, type: type, length: body.utf8.count, extra: extra, isOld: isOld,
            closes: closes || wantsClose)
        write(head + body)
        if closes {
            closeAfterReply()
        } else if wantsClose, answer == nil {
            // With an answer on the books, `conclude` closes.
            close()
        }
    }

    /// OpenAI's error shape, as vLLM sends it.
    func replyError(
        status: Int, message: String, type: String, parameter: String? = nil,
        extra: [(String, String)] = [], closes: Bool = false
    ) {
        reply(
            status: status,
            body: Self.errorObject(status: status, message: message, type: type, parameter: parameter),
            extra: extra, closes: closes)
    }

    static func errorObject(status: Int, message: String, type: String, parameter: String?) -> String {
        let parameter = parameter.map(JSONValue.quoted) ?? "null"
        return
            "{\"error\":{\"message\":\(JSONValue.quoted(message)),\"type\":\(JSONValue.quoted(type)),\"param\":\(parameter),\"code\":\(status)}}"
    }

    func replyModels() {
        loop.head.refresh()
        let model = JSONValue.quoted(loop.settings.model)
        reply(
            body:
                "{\"object\":\"list\",\"data\":[{\"id\":\(model),\"object\":\"model\",\"created\":\(loop.head.unixTime),\"owned_by\":\"plimsoll\",\"root\":\(model),\"parent\":null,\"max_model_len\":\(loop.settings.contextLength)}]}"
        )
    }

    /// vLLM's names, so that whoever scrapes vLLM can scrape this.
    static func metrics(_ truth: SimulatorTruth, startedAt: Double) -> String {
        let labels = "{engine=\"0\",model_name=\(JSONValue.quoted(truth.settings.model))}"
        var text = """
            # HELP process_start_time_seconds Start time of the process since unix epoch in seconds.
            # TYPE process_start_time_seconds gauge
            process_start_time_seconds \(startedAt)

            """
        func add(_ name: String, _ type: String, _ help: String, _ value: Int) {
            // The client library says `_total` in the sample's name only.
            let family = type == "counter" ? name.dropLast("_total".count) : name[...]
            text += "# HELP vllm:\(family) \(help)\n# TYPE vllm:\(family) \(type)\n"
            text += "vllm:\(name)\(labels) \(Double(value))\n"
        }
        add("num_requests_running", "gauge", "Requests in the running batch.", truth.running)
        add("num_requests_waiting", "gauge", "Requests that wait for a slot.", truth.waiting)
        add(
            "prompt_tokens_total", "counter", "Prompt tokens of the requests read.", truth.totals.promptTokens
        )
        add("generation_tokens_total", "counter", "Tokens sent.", truth.totals.outputTokens)
        text += "# HELP vllm:request_success Requests answered.\n# TYPE vllm:request_success counter\n"
        text +=
            "vllm:request_success_total{engine=\"0\",finished_reason=\"length\",model_name=\(JSONValue.quoted(truth.settings.model))} \(Double(truth.totals.finished))\n"
        return text
    }
}
