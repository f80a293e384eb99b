package import Measure
import NIOCore
package import Wire

/// Finds out what an endpoint is: its model, the dialect it speaks, the request fields it takes, and how
/// many words make a prompt of the length asked for. Sends a handful of small requests, one at a time.
package struct EndpointDiscovery: Sendable {
    package var settings: ClientSettings
    package var inputTokens: Int
    /// For the prompts; the same prompts for the same seed.
    package var seed: UInt64
    /// Is told when discovery has to wait, and why: one line.
    package var report: @Sendable (Shown) -> Void = { _ in }

    /// Names to addresses; tests have their own.
    var resolve:
        @Sendable (_ host: String, _ port: Int, _ limit: Nanoseconds) async throws(RequestFailure)
            -> [SocketAddress] = { host, port, limit async throws(RequestFailure) in
                try await HostResolution.addresses(of: host, port: port, within: limit)
            }

    /// A list of models that nobody needs isn't waited for long.
    var unneededPageLimit = 10 * Nanoseconds.second

    static let mostModels = 8
    private static let mostCalibrations = 6
    private static let mostAttempts = 3
    private static let pause = 300 * Nanoseconds.millisecond
    private static let longestPause = 30 * Nanoseconds.second
    /// Shorter ones are over before they are read of.
    private static let worthSaying = 2 * Nanoseconds.second
    /// Between looks at a server that isn't there yet.
    private static let waitingPause = Nanoseconds.second
    /// For counting the tokens of chunks: so many that one more or less doesn't matter.
    private static let countedTokens = 32

    package init(settings: ClientSettings, inputTokens: Int, seed: UInt64) {
        self.settings = settings
        self.inputTokens = inputTokens
        self.seed = seed
    }

    /// Asks, and where the settings say so, waits for a server that starts or loads.
    ///
    /// - Throws: why it can't be used, in one line for the user.
    package func discover(
        _ address: EndpointAddress, id: EndpointID, model: String?
    ) async throws(DiscoveryError) -> DiscoveredEndpoint {
        var discovery = self
        for secret in address.secrets { discovery.settings.scrubber.add(secret) }
        discovery.settings.urlHoldsKey = !address.secrets.isEmpty
        let started = SystemTime.now()
        var isSaid = false
        while true {
            do throws(DiscoveryError) {
                return try await discovery.look(at: address, id: id, model: model)
            } catch {
                let left = settings.wait - (SystemTime.now() - started)
                guard left > 0, error.mayComeUp, !Task.isCancelled else { throw error }
                if !isSaid {
                    isSaid = true
                    let seconds = Int64(settings.wait.inSeconds.rounded(.up))
                    report(
                        "\(own: address.hostAndPort): \(error.failure.message); waiting for it, up to \(seconds) s"
                    )
                }
                try? await Task.sleep(for: .nanoseconds(min(left, Self.waitingPause)))
            }
        }
    }

    private func look(
        at address: EndpointAddress, id: EndpointID, model: String?
    ) async throws(DiscoveryError) -> DiscoveredEndpoint {
        let families = families(for: address)
        var session = try await connect(to: address, by: families[0][0], isModelNamed: model != nil)
        try await settle(&session, among: families, model: model)
        try await calibrate(&session)
        await countChunks(&session)
        return session.result(id: id)
    }

    /// The APIs to try, by family: the one that was asked for, or the one that the URL is a route of, or all.
    private func families(for address: EndpointAddress) -> [[any Dialect.Type]] {
        (settings.api ?? address.impliedDialect).map { [[$0]] } ?? Dialects.families
    }

    /// The first family that is there at all. A further one is asked after only where nothing is known of the
    /// first, and used only where it lists models.
    private func settle(
        _ session: inout Session, among families: [[any Dialect.Type]], model: String?
    ) async throws(DiscoveryError) {
        var absence: DiscoveryError?
        for family in families {
            if absence != nil {
                session = await session.turned(to: family[0])
                guard !session.page.names.isEmpty else { continue }
            }
            do throws(DiscoveryError) {
                try await trial(
                    &session, family, models: models(model, in: session), isNamed: model != nil)
                if let absence {
                    let name = families[0][0].name
                    session.notes.append("\(own: name) is refused: \(absence.failure.message)")
                }
                return
            } catch {
                guard error.isAbsence else { throw error }
                absence = absence ?? error
            }
        }
        if let absence { throw absence }
    }

    /// The models to try: the one that was asked for, or those that are listed.
    private func models(_ model: String?, in session: Session) throws(DiscoveryError) -> [String] {
        if let model { return [model] }
        let models = Array(session.page.names.prefix(Self.mostModels))
        guard models.isEmpty else { return models }
        let failure =
            session.page.failure ?? RequestFailure(kind: .notFound, message: "no models are listed")
        throw DiscoveryError(
            session.address.origin, failure, settings, advice: Self.namingAdvice(failure, settings),
            mayComeUp: session.page.isEmptyList ? true : nil, isAbsence: failure.kind == .notFound)
    }

    /// Without a model there is nothing to ask for; why there is none says what helps.
    private static func namingAdvice(_ failure: RequestFailure, _ settings: ClientSettings) -> Shown? {
        if failure.saysThatItLoads { return nil }
        return switch failure.kind {
        case .unauthorized: "\(settings.keyAdvice); or name a model with --model"
        case .serverError: failure.status == 500 ? "name a model with --model, if it has one" : nil
        case .notFound, .rejected: "check the URL, or name a model with --model"
        default: nil
        }
    }

    // MARK: Calibration

    /// Tries prompts until the server counts as many tokens as were asked for, within 2 % or two tokens.
    private func calibrate(_ session: inout Session) async throws(DiscoveryError) {
        var source = PromptSource(seed: seed ^ 0x6361_6C69_62)
        if !session.streamsCountPrompts {
            // An answer that isn't streamed may count; one that doesn't, or is refused, is no failure.
            _ = try? await session.askWhole(words: session.calibration.words, prompts: &source)
        }
        for _ in 0..<Self.mostCalibrations {
            guard session.promptTokensKnown, !session.calibration.isSettled else { return }
            let words = session.calibration.words
            do throws(TrialFailure) {
                if session.streamsCountPrompts {
                    try await ask(&session, words: words, prompts: &source)
                } else {
                    _ = try await session.askWhole(words: words, prompts: &source)
                }
            } catch {
                throw DiscoveryError(
                    session.address.origin, error.failure, settings,
                    advice: error.isAboutLength ? "ask for less with --input-tokens" : nil)
            }
        }
    }

    /// Where streams count nothing: the same request streamed and whole tells how many tokens a chunk has.
    private func countChunks(_ session: inout Session) async {
        guard !session.streamsCountOutput, session.promptTokensKnown else { return }
        let words = session.calibration.words
        let tokens = max(session.choice.outputTokens, Self.countedTokens)
        var (one, same) = (
            PromptSource(seed: seed ^ 0x6368_756E_6B), PromptSource(seed: seed ^ 0x6368_756E_6B)
        )
        guard let chunks = try? await session.ask(words: words, outputTokens: tokens, prompts: &one),
            let counted = try? await session.askWhole(words: words, outputTokens: tokens, prompts: &same),
            let completion = counted.completion, chunks > 0, completion <= 2 * tokens
        else { return }
        let ratio = Double(completion) / Double(chunks)
        // A token that ends the answer without a text is no sign of longer chunks.
        if ratio > 1.15 { session.tokensPerChunk = ratio }
    }

    // MARK: Patience

    /// A busy or flaky server is asked up to three times: its failures are for the sweep to count.
    func ask(
        _ session: inout Session, words: Int, prompts: inout PromptSource
    ) async throws(TrialFailure) {
        for attempt in 1... {
            do throws(TrialFailure) {
                try await session.ask(words: words, prompts: &prompts)
                return
            } catch {
                guard error.failure.mayPass, !session.isOutOfPatience else { throw error }
                guard attempt < Self.mostAttempts, await rest(after: error.failure, session.address) else {
                    session.isOutOfPatience = true
                    throw error
                }
            }
        }
    }

    /// The page of models, once more where a failure may have passed.
    func patiently(
        _ address: EndpointAddress, _ page: ModelsPage, again: () async -> ModelsPage
    ) async -> ModelsPage {
        var page = page
        for _ in 1..<Self.mostAttempts {
            guard let failure = page.failure, failure.mayPass, await rest(after: failure, address) else {
                break
            }
            page = await again()
        }
        return page
    }

    /// As long as the server says, within reason. False when nobody waits any more.
    private func rest(after failure: RequestFailure, _ address: EndpointAddress) async -> Bool {
        let asked = failure.retryAfter ?? 0
        let pause = min(max(asked, Self.pause), Self.longestPause, max(settings.requestTimeout, Self.pause))
        if pause >= Self.worthSaying {
            let seconds = Int64(pause.inSeconds.rounded(.up))
            report("\(own: address.hostAndPort): \(failure.message); asking again in \(seconds) s")
        }
        try? await Task.sleep(for: .nanoseconds(pause))
        return !Task.isCancelled
    }
}
