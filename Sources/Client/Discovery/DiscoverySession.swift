import Measure
import Wire

extension EndpointDiscovery {
    /// What is known of one endpoint so far.
    struct Session {
        let address: EndpointAddress
        let exchange: Exchange
        let settings: ClientSettings
        var model = ""
        var dialect: any Dialect.Type = ChatCompletions.self
        var fields: OptionalFields = [.includeUsage, .continuousUsage, .ignoreEOS, .minTokens, .temperature]
        private(set) var refused: [String] = []
        private(set) var lastTrial: TrialAnswer?
        private var cachedTokens: [Int] = []

        private(set) var calibration: PromptCalibration

        init(address: EndpointAddress, exchange: Exchange, settings: ClientSettings, inputTokens: Int) {
            self.address = address
            self.exchange = exchange
            self.settings = settings
            calibration = PromptCalibration(targetTokens: inputTokens)
        }

        /// The server counts prompts: without that there is nothing to calibrate by.
        var promptTokensKnown: Bool { lastTrial?.usage?.prompt != nil }

        func get(_ target: String) async throws(RequestFailure) -> Answer {
            try await exchange.get(target, of: address, accept: "application/json")
        }

        /// Sends one streamed request and learns from its answer.
        mutating func ask(words: Int, outputTokens: Int, prompts: inout PromptSource)
            async throws(RequestFailure)
        {
            let shape = RequestShape(model: model, outputTokens: outputTokens, fields: fields)
            let instance = dialect.init()
            let template = instance.template(for: shape)
            var body = template.prefix
            prompts.append(words: words, to: &body)
            body += template.suffix
            let head = RequestHead.lines(
                method: "POST", target: address.target(for: dialect), address: address, settings: settings,
                accept: "text/event-stream")
            let request =
                Array((head + "content-length: \(body.count)\r\nconnection: close\r\n\r\n").utf8) + body
            let trial = try TrialAnswer(
                await exchange.send(request), dialect: instance, requestedTokens: outputTokens,
                scrubber: settings.scrubber)
            lastTrial = trial
            if let tokens = trial.usage?.prompt {
                calibration.observe(words: words, tokens: tokens)
            }
            cachedTokens.append(trial.usage?.cached ?? 0)
        }

        /// Gives up the optional field that a refusal names, or else the next in line. False when none is
        /// left.
        mutating func dropField(namedIn message: String) -> Bool {
            let order: [OptionalFields] = [
                .continuousUsage, .minTokens, .ignoreEOS, .noPromptCache, .temperature, .includeUsage,
            ]
            if message.contains("max_tokens"), message.contains("max_completion_tokens"),
                !fields.contains(.maxCompletionTokens)
            {
                fields.insert(.maxCompletionTokens)
                return true
            }
            if message.contains("stream_options"), !message.contains("continuous_usage_stats"),
                fields.contains(.includeUsage)
            {
                drop([.includeUsage, .continuousUsage])
                return true
            }
            let named = order.first { fields.contains($0) && $0.wireNames.contains { message.contains($0) } }
            // A prompt that is too long is refused whatever the fields are.
            let isAboutLength = message.contains("context") || message.contains("too long")
            guard let field = named ?? (isAboutLength ? nil : order.first { fields.contains($0) }) else {
                return false
            }
            drop(field == .includeUsage ? [.includeUsage, .continuousUsage] : field)
            return true
        }

        private mutating func drop(_ field: OptionalFields) {
            refused += field.intersection(fields).wireNames
            fields.subtract(field)
        }

        func result(id: EndpointID, server: Shown?) -> DiscoveredEndpoint {
            var notes: [String] = []
            if !refused.isEmpty { notes.append("refused: \(refused.joined(separator: ", "))") }
            if lastTrial?.usage?.completion == nil {
                notes.append("no token counts: chunks are counted as tokens")
            }
            if !promptTokensKnown { notes.append("prompt length unknown: words are taken as tokens") }
            let info = EndpointInfo(
                id: id, url: address.origin + address.target(for: dialect).withoutQuery,
                label: address.hostAndPort, model: settings.scrubber.shown(model, limit: 120), server: server,
                dialect: dialect.name, capabilities: fields.wireNames)
            var endpoint = DiscoveredEndpoint(
                info: info, model: model, calibration: calibration, fields: fields,
                templateCacheTokens: cachedTokens.max() ?? 0, notes: notes, address: address,
                socketAddress: exchange.address, tls: exchange.tls, dialect: dialect, settings: settings)
            endpoint.norm.endMarks = lastTrial?.endMarks ?? []
            return endpoint
        }
    }
}

extension String {
    /// Query strings may hold keys: they are sent and never shown.
    fileprivate var withoutQuery: String { String(prefix { $0 != "?" }) }
}
