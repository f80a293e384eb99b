import Measure
import NIOCore
import Wire

extension EndpointDiscovery {
    /// What is known of one endpoint so far.
    struct Session {
        let address: EndpointAddress
        let exchange: Exchange
        let settings: ClientSettings
        let seed: UInt64
        var page: ModelsPage
        var model = ""
        var dialect: any Dialect.Type
        var choice: FieldChoice
        /// The server was impatient or broken once too often: it isn't asked the same thing again.
        var isOutOfPatience = false
        /// A request without any optional field was refused as well.
        var isBareRefused = false
        /// More for a user to know, a line each.
        var notes: [Shown] = []
        var tokensPerChunk: Double?

        /// The longest that the model had to be loaded for an answer.
        private var loadTime: Nanoseconds = 0
        /// What is shorter is no loading: a model that is there takes some time to be found.
        private static let worthSaying = 500 * Nanoseconds.millisecond

        private(set) var spent = TokensSpent()
        private(set) var lastTrial: TrialAnswer?
        private(set) var calibration: PromptCalibration
        private var cachedTokens: [Int] = []
        private var requests: UInt32 = 0
        /// Where redirects have led, by dialect.
        private var routes: [String: String] = [:]

        static let mostRequests: UInt32 = 48
        /// Of a route, as it is shown.
        private static let longestPath = 2_000

        init(
            address: EndpointAddress, exchange: Exchange, settings: ClientSettings, inputTokens: Int,
            seed: UInt64, dialect: any Dialect.Type, page: ModelsPage
        ) {
            self.address = address
            self.exchange = exchange
            self.settings = settings
            self.seed = seed
            self.page = page
            self.dialect = dialect
            choice = FieldChoice(dialect.fields(for: page.list))
            calibration = PromptCalibration(targetTokens: inputTokens)
        }

        /// The server counts prompts: without that there is nothing to calibrate by.
        var promptTokensKnown: Bool { !calibration.observations.isEmpty }
        var streamsCountPrompts: Bool { lastTrial?.usage?.prompt != nil }
        var streamsCountOutput: Bool { lastTrial?.usage?.completion != nil }
        var isSpent: Bool { requests >= Self.mostRequests }

        private var route: String { routes[dialect.name] ?? address.target(for: dialect) }

        /// The same endpoint, asked by another API: what was learnt of the first one's is not held against it.
        func turned(to dialect: any Dialect.Type) async -> Session {
            let page: ModelsPage
            do throws(RequestFailure) {
                page = try await exchange.modelsPage(of: address, by: dialect)
            } catch {
                page = ModelsPage(failure: error)
            }
            var session = Session(
                address: address, exchange: exchange, settings: settings,
                inputTokens: calibration.targetTokens, seed: seed, dialect: dialect, page: page)
            session.requests = requests
            session.spent = spent
            return session
        }

        // MARK: Asking

        /// Sends one streamed request and learns from its answer. Returns the number of chunks.
        @discardableResult
        mutating func ask(
            words: Int, outputTokens: Int? = nil, prompts: inout PromptSource
        ) async throws(TrialFailure) -> Int {
            let answer = try await post(words: words, outputTokens, streams: true, prompts: &prompts)
            let trial: TrialAnswer
            do throws(RequestFailure) {
                trial = try TrialAnswer(
                    answer, dialect: dialect.init(), requestedTokens: outputTokens ?? choice.outputTokens,
                    scrubber: settings.scrubber)
            } catch {
                throw TrialFailure(error, text: RefusalText(body: answer.body))
            }
            lastTrial = trial
            loadTime = max(loadTime, dialect.loadTime(inStream: answer.body) ?? 0)
            learn(trial.usage, words: words, chunks: trial.chunks)
            return trial.chunks
        }

        /// The same without streaming; nil when it counts nothing.
        mutating func askWhole(
            words: Int, outputTokens: Int? = nil, prompts: inout PromptSource
        ) async throws(TrialFailure) -> TokenUsage? {
            let answer = try await post(words: words, outputTokens, streams: false, prompts: &prompts)
            let usage = dialect.usage(ofWhole: answer.body)
            learn(usage, words: words, chunks: 0)
            return usage
        }

        /// - Parameter chunks: where the server counts no tokens.
        private mutating func learn(_ usage: TokenUsage?, words: Int, chunks: Int) {
            spent.requests += 1
            spent.tokens += (usage?.prompt ?? words) + (usage?.completion ?? chunks)
            if let tokens = usage?.prompt { calibration.observe(words: words, tokens: tokens) }
            cachedTokens.append(usage?.cached ?? 0)
        }

        private mutating func post(
            words: Int, _ outputTokens: Int?, streams: Bool, prompts: inout PromptSource
        ) async throws(TrialFailure) -> WholeAnswer {
            let shape = RequestShape(
                model: model, outputTokens: outputTokens ?? choice.outputTokens, fields: choice.fields,
                streams: streams)
            for _ in 0...WireLimits.redirects {
                let form = RequestForm(
                    shape, dialect: dialect, target: route, address: address, settings: settings, seed: seed)
                var copy = prompts
                requests += 1
                let request = form.request(
                    number: requests, words: words, prompts: &copy, allocator: ByteBufferAllocator())
                let answer: WholeAnswer
                do throws(RequestFailure) {
                    answer = try await exchange.send(
                        request, until: streams ? StreamEnd(dialect: dialect.init()) : nil)
                } catch {
                    throw TrialFailure(error)
                }
                // A POST keeps its method and its body; 303 would make a GET of it.
                let redirect = Redirect(answer.head, askedFor: route, at: address)
                if case .sameOrigin(let next)? = redirect, answer.head.status != 303 {
                    routes[dialect.name] = next
                    continue
                }
                prompts = copy
                if let redirect {
                    throw TrialFailure(.redirected(redirect, status: answer.head.status, settings.scrubber))
                }
                guard (200..<300).contains(answer.head.status) else {
                    throw TrialFailure(
                        RequestFailure(refusal: answer.head, body: answer.body, settings.scrubber),
                        text: RefusalText(body: answer.body))
                }
                return answer
            }
            throw TrialFailure(.endlessRedirects)
        }

        // MARK: Result

        func result(id: EndpointID) -> DiscoveredEndpoint {
            let path = settings.scrubber.shown(route.withoutQuery, limit: Self.longestPath)
            let info = EndpointInfo(
                id: id, url: "\(own: address.origin)\(path)", label: address.hostAndPort,
                model: settings.scrubber.shown(model, limit: 120), server: page.server,
                dialect: dialect.name, capabilities: choice.fields.wireNames,
                templateCacheTokens: cachedTokens.max() ?? 0)
            var endpoint = DiscoveredEndpoint(
                info: info, model: model, calibration: calibration, fields: choice.fields,
                notes: notes + standingNotes, address: address, route: route,
                connector: exchange.connector, dialect: dialect, settings: settings)
            endpoint.norm.endMarks = lastTrial?.endMarks ?? []
            endpoint.norm.tokensPerChunk = tokensPerChunk ?? 1
            endpoint.spent = spent
            return endpoint
        }

        private var standingNotes: [Shown] {
            var notes: [Shown] = []
            if !choice.refused.isEmpty {
                notes.append("refused: \(own: choice.refused.wireNames.joined(separator: ", "))")
            }
            if choice.outputTokens > FieldChoice.lengths[0] {
                notes.append("it took no answer shorter than \(choice.outputTokens) tokens")
            }
            if let target = routes[dialect.name] {
                notes.append("redirected to \(settings.scrubber.shown(target.withoutQuery, limit: 120))")
            }
            if !choice.known.forcesLength {
                notes.append(
                    "answers may be shorter than asked for: this API has no way to force their length")
            }
            if loadTime >= Self.worthSaying {
                let seconds = (loadTime.inSeconds * 10).rounded() / 10
                notes.append(
                    "the model had to be loaded first, for \(own: "\(seconds)") s: no figure has that in it")
            }
            if !streamsCountOutput {
                let tokens = tokensPerChunk.map { "\(Double(Int(($0 * 10).rounded())) / 10)" }
                notes.append(
                    tokens.map { "no token counts in streams: a chunk is taken as \(own: $0) tokens" }
                        ?? "no token counts: chunks are counted as tokens")
            }
            if !promptTokensKnown { notes.append("prompt length unknown: words are taken as tokens") }
            return notes
        }
    }
}

extension Exchange {
    /// The list of models; follows where it leads on the same origin.
    func modelsPage(
        of address: EndpointAddress, by dialect: any Dialect.Type
    ) async throws(RequestFailure) -> ModelsPage {
        let path = address.modelsPath(for: dialect)
        var target = address.modelsTarget(for: dialect)
        for _ in 0...WireLimits.redirects {
            let answer = try await get(
                target, of: address, dialect: dialect, accept: "application/json")
            guard let redirect = Redirect(answer.head, askedFor: target, at: address) else {
                return ModelsPage(answer, path: path, dialect: dialect, scrubber: settings.scrubber)
            }
            guard case .sameOrigin(let next) = redirect else {
                throw .redirected(redirect, status: answer.head.status, settings.scrubber)
            }
            target = next
        }
        throw .endlessRedirects
    }
}

extension RequestFailure {
    /// A redirect that isn't followed.
    static func redirected(
        _ redirect: Redirect, status: Int, _ scrubber: Scrubber
    ) -> RequestFailure {
        let target: Shown =
            switch redirect {
            case .elsewhere(let url): scrubber.shown(url, limit: 200)
            case .sameOrigin(let target): scrubber.shown(target.withoutQuery, limit: 200)
            case .nowhere: "nowhere"
            }
        return RequestFailure(
            kind: .other, status: status, message: "HTTP \(status): it redirects to \(target)")
    }

    static var endlessRedirects: RequestFailure {
        RequestFailure(
            kind: .other, message: "more than \(WireLimits.redirects) redirects, one after the other")
    }
}

extension String {
    /// Query strings may hold keys: they are sent and never shown.
    fileprivate var withoutQuery: String { String(prefix { $0 != "?" }) }
}
