import Measure
import NIOCore
import NIOSSL
import Wire

/// Finds out what an endpoint is: its model, the dialect it speaks, the request fields it takes, and how
/// many words make a prompt of the length asked for. Sends a handful of small requests, one at a time.
public struct EndpointDiscovery: Sendable {
    public var settings: ClientSettings
    public var inputTokens: Int
    /// For the prompts; the same prompts for the same seed.
    public var seed: UInt64

    private static let trialOutputTokens = 4
    private static let mostTrials = 12
    private static let mostCalibrations = 6
    private static let mostAttempts = 3
    private static let pause = 300 * Nanoseconds.millisecond
    private static let longestPause = 5 * Nanoseconds.second

    public init(settings: ClientSettings, inputTokens: Int, seed: UInt64) {
        self.settings = settings
        self.inputTokens = inputTokens
        self.seed = seed
    }

    public func discover(
        _ address: EndpointAddress, id: EndpointID, model: String?
    ) async throws(DiscoveryError) -> DiscoveredEndpoint {
        var session = try await connect(to: address)
        let listing = try await models(session)
        guard let model = model ?? listing?.names.first else {
            throw DiscoveryError(
                address.origin,
                RequestFailure(
                    kind: .notFound, message: "no models are listed at \(own: address.modelsPath)"),
                advice: "check the URL, or name a model with --model")
        }
        session.model = model
        session.fields.formUnion(listing?.isLlamaCpp == true ? .noPromptCache : [])
        try await trial(&session, listed: listing?.names ?? [])
        try await calibrate(&session)
        return session.result(id: id, server: listing?.server)
    }

    // MARK: Connecting

    /// The first of the host's addresses that takes a connection and answers anything.
    private func connect(to address: EndpointAddress) async throws(DiscoveryError) -> Session {
        let tls: NIOSSLContext?
        let candidates: [SocketAddress]
        do throws(RequestFailure) {
            tls = try tlsContext(for: address)
            candidates = try await HostResolution.addresses(of: address.host, port: address.port)
        } catch {
            throw DiscoveryError(address.origin, error)
        }
        var lastFailure = RequestFailure(kind: .unreachable, message: "no address to connect to")
        for candidate in candidates {
            let exchange = Exchange(
                address: candidate, tls: tls, serverName: address.tlsServerName, settings: settings)
            let session = Session(
                address: address, exchange: exchange, settings: settings, inputTokens: inputTokens)
            do throws(RequestFailure) {
                _ = try await session.get(address.modelsTarget)
                return session
            } catch {
                lastFailure = error
            }
        }
        throw DiscoveryError(address.origin, lastFailure)
    }

    private func tlsContext(for address: EndpointAddress) throws(RequestFailure) -> NIOSSLContext? {
        guard address.usesTLS else { return nil }
        var configuration = TLSConfiguration.makeClientConfiguration()
        if settings.insecure { configuration.certificateVerification = .none }
        do { return try NIOSSLContext(configuration: configuration) } catch {
            throw RequestFailure(error, settings.scrubber)
        }
    }

    // MARK: Models

    private struct Listing {
        var names: [String]
        var server: Shown?
        var isLlamaCpp: Bool
    }

    /// nil when the endpoint has no such list; that is no error as long as a model is named.
    private func models(_ session: Session) async throws(DiscoveryError) -> Listing? {
        let answer: Answer
        do throws(RequestFailure) {
            answer = try await session.get(session.address.modelsTarget)
        } catch {
            throw DiscoveryError(session.address.origin, error)
        }
        switch answer.head.status {
        case 200:
            break
        case 401, 403:
            throw DiscoveryError(
                session.address.origin,
                RequestFailure(
                    status: answer.head.status, body: answer.body, retryAfter: nil, settings.scrubber))
        default:
            return nil
        }
        guard let entries = JSONValue(parsing: answer.body)?["data"]?.array else { return nil }
        let server = answer.head["server"].map { settings.scrubber.shown($0, limit: 40) }
        let owners = entries.compactMap { $0["owned_by"]?.string }
        return Listing(
            names: entries.compactMap { $0["id"]?.string },
            server: owners.first.map { settings.scrubber.shown($0, limit: 40) } ?? server,
            isLlamaCpp: server == "llama.cpp" || owners.contains("llamacpp"))
    }

    // MARK: Trial

    /// Sends the first small request with all that could be asked for, and takes away what is refused.
    private func trial(_ session: inout Session, listed: [String]) async throws(DiscoveryError) {
        var dialects = session.address.impliedDialect.map { [$0] } ?? Dialects.all
        session.dialect = dialects.removeFirst()
        var source = PromptSource(seed: seed ^ 0x7472_6961_6C)
        var failure = RequestFailure(kind: .other, message: "no request was accepted")
        for _ in 0..<Self.mostTrials {
            do throws(RequestFailure) {
                let words = session.calibration.words
                try await ask(&session, words: words, prompts: &source)
                return
            } catch {
                failure = error
            }
            switch failure.kind {
            case .rejected where session.dropField(namedIn: failure.message.text):
                continue
            case .notFound where !dialects.isEmpty && !failure.message.text.lowercased().contains("model"):
                session.dialect = dialects.removeFirst()
                continue
            case .notFound where !listed.isEmpty && !listed.contains(session.model):
                let names = listed.prefix(5).map { settings.scrubber.shown($0, limit: 60).text }.joined(
                    separator: ", ")
                throw DiscoveryError(session.address.origin, failure, advice: "it has: \(names)")
            case .rejected where failure.message.text.contains("context"):
                throw DiscoveryError(
                    session.address.origin, failure, advice: "ask for less with --input-tokens")
            default:
                throw DiscoveryError(session.address.origin, failure)
            }
        }
        throw DiscoveryError(session.address.origin, failure)
    }

    // MARK: Calibration

    /// Tries prompts until the server counts as many tokens as were asked for, within 2 % or two tokens.
    private func calibrate(_ session: inout Session) async throws(DiscoveryError) {
        var source = PromptSource(seed: seed ^ 0x6361_6C69_62)
        for _ in 0..<Self.mostCalibrations {
            guard session.promptTokensKnown, !session.calibration.isSettled else { return }
            do throws(RequestFailure) {
                let words = session.calibration.words
                try await ask(&session, words: words, prompts: &source)
            } catch {
                throw DiscoveryError(session.address.origin, error)
            }
        }
    }

    // MARK: Patience

    /// A busy or flaky server is asked up to three times: its failures are for the sweep to count.
    private func ask(
        _ session: inout Session, words: Int, prompts: inout PromptSource
    ) async throws(RequestFailure) {
        for attempt in 1... {
            do throws(RequestFailure) {
                return try await session.ask(
                    words: words, outputTokens: Self.trialOutputTokens, prompts: &prompts)
            } catch {
                guard attempt < Self.mostAttempts, error.mayPass else { throw error }
                let pause = min(max(error.retryAfter ?? 0, Self.pause), Self.longestPause)
                try? await Task.sleep(for: .nanoseconds(pause))
            }
        }
    }
}

extension RequestFailure {
    /// The same request may well succeed a moment later.
    fileprivate var mayPass: Bool {
        switch kind {
        case .rateLimited, .unavailable, .serverError, .inStream, .closedEarly, .connectionReset, .malformed:
            true
        default: false
        }
    }
}
