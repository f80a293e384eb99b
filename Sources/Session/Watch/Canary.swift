import Client
import Measure
import Wire

/// One small request to a server now and then, to see how a client fares there. In its own time, beside the looks at
/// the server's page: one that hangs delays neither these, nor another server, nor the session's end.
struct Canary: Sendable {
    private let id: SourceID
    private let address: EndpointAddress
    private let model: String?
    private let settings: ClientSettings
    private let interval: Nanoseconds
    private let parts: SessionParts

    /// Short: it is to tell how long a client waits, and not to be a load.
    static let promptTokens = 32
    static let outputTokens = 16

    /// - Parameter interval: a request has no longer than that, so that there is never more than one.
    init(
        _ id: SourceID, at watched: WatchedAddress, every interval: Nanoseconds, _ request: WatchRequest,
        _ parts: SessionParts
    ) {
        self.id = id
        address = watched.api
        model = request.model
        self.interval = interval
        self.parts = parts
        var settings = request.client
        settings.requestTimeout = min(settings.requestTimeout, interval)
        settings.connectTimeout = min(settings.connectTimeout, interval)
        self.settings = settings
    }

    /// Until its task is cancelled.
    func run(into taker: any EntryTaker) async {
        await parts.wait(Int64(Self.turn(ofPlace: Int(id.index)) * Double(interval)))
        var beat = Beat(every: interval, parts)
        var endpoint: DiscoveredEndpoint?
        while !Task.isCancelled {
            let known = endpoint
            guard let told = await Self.unlessCancelled({ await ask(known) }), let told, !Task.isCancelled
            else { return }
            endpoint = told.endpoint
            await taker.take(.event(.serverSaid(id, .canary(told.answer), at: parts.clock.now())))
            await beat.next()
        }
    }

    /// Where in the interval a server has its turn, from 0: at its beginning, in its middle, in the middles of what is
    /// left, so that however many there are, and whenever they join, they are not all asked at the same moment.
    static func turn(ofPlace place: Int) -> Double {
        var (turn, part, rest) = (0.0, 0.5, place)
        while rest > 0 {
            if rest % 2 == 1 { turn += part }
            part /= 2
            rest /= 2
        }
        return turn
    }

    private struct Told: Sendable {
        var answer: CanaryAnswer
        /// To be asked the same way next time; nil: it is to be found out anew.
        var endpoint: DiscoveredEndpoint?
    }

    private func ask(_ known: DiscoveredEndpoint?) async -> Told? {
        do throws(RequestFailure) {
            let endpoint = if let known { known } else { try await discover() }
            guard let record = try await endpoint.oneAnswer(outputTokens: Self.outputTokens) else {
                return nil
            }
            var answer = CanaryAnswer(
                record, promptLength: endpoint.promptLength, failure: words(record.failure))
            if known == nil { answer.beforehand = endpoint.spent }
            return Told(
                answer: answer, endpoint: record.failure?.isOfAnotherServer == true ? nil : endpoint)
        } catch {
            return Told(
                answer: CanaryAnswer(
                    ttft: nil, e2e: nil, promptTokens: 0, outputTokens: 0, failure: words(error)))
        }
    }

    private func discover() async throws(RequestFailure) -> DiscoveredEndpoint {
        let discovery = EndpointDiscovery(
            settings: settings, inputTokens: Self.promptTokens, seed: UInt64.random(in: .min ... .max))
        do throws(DiscoveryError) {
            return try await parts.ask(discovery, address, EndpointID(0), model)
        } catch {
            throw error.failure
        }
    }

    private func words(_ failure: RequestFailure?) -> Shown? {
        failure.map { $0.kind == .unauthorized ? "\($0.message); \(settings.keyAdvice)" : $0.message }
    }

    /// What comes of it; nil as soon as this task is cancelled: what can't be hurried is left to end by itself.
    private static func unlessCancelled<Value: Sendable>(
        _ work: @escaping @Sendable () async -> Value
    ) async -> Value? {
        let (values, told) = AsyncStream.makeStream(of: Value.self)
        let working = Task { told.yield(await work()) }
        for await value in values { return value }
        working.cancel()
        return nil
    }
}

extension RequestFailure {
    /// Who is there next may be somebody else, or serve another model. Who is busy stays who they are.
    fileprivate var isOfAnotherServer: Bool {
        switch kind {
        case .timeout, .rateLimited, .unavailable, .serverError, .inStream: false
        default: true
        }
    }
}

extension CanaryAnswer {
    /// - Parameter promptLength: where the server doesn't count prompts.
    fileprivate init(_ record: RequestRecord, promptLength: Int, failure: Shown?) {
        // What was refused cost nothing; what was given up did.
        let wasRead = record.first != nil || record.failure?.kind == .timeout
        self.init(
            ttft: record.timeToFirstToken, e2e: record.endToEndLatency,
            promptTokens: wasRead ? record.inputTokens ?? promptLength : 0,
            outputTokens: record.outputTokens, failure: failure, tpot: record.timePerOutputToken,
            connect: record.connect)
    }
}
