import Measure
import NIOCore
import NIOSSL
import Wire

extension EndpointDiscovery {
    /// The first of the host's addresses that takes a connection and answers anything, with its page of models.
    /// The time-outs hold for all addresses together.
    func connect(
        to address: EndpointAddress, by dialect: any Dialect.Type, isModelNamed: Bool
    ) async throws(DiscoveryError) -> Session {
        let tls: NIOSSLContext?
        let candidates: [SocketAddress]
        let started = SystemTime.now()
        let connectLimit = min(settings.connectTimeout, settings.requestTimeout)
        do throws(RequestFailure) {
            tls = try tlsContext(for: address)
            candidates = try await resolve(address.host, address.port, connectLimit)
        } catch {
            throw DiscoveryError(address.origin, error, settings)
        }
        let pageLimit =
            isModelNamed ? min(settings.requestTimeout, unneededPageLimit) : settings.requestTimeout
        var lastFailure = RequestFailure(kind: .unreachable, message: "no address to connect to")
        var silent: (exchange: Exchange, failure: RequestFailure)?
        for (index, candidate) in candidates.enumerated() {
            let connector = Connector(address: candidate, tls: tls, serverName: address.tlsServerName)
            let exchange = Exchange(connector, settings: settings)
            var hasty = exchange
            let spent = index == 0 ? 0 : SystemTime.now() - started
            // Each gets its share of what is left.
            hasty.connectTimeout = (connectLimit - spent) / Nanoseconds(candidates.count - index)
            // A page that isn't needed is not waited for, but whoever has it is.
            hasty.timeout = max(pageLimit - spent, hasty.connectTimeout)
            guard hasty.connectTimeout > 0 else { break }
            do throws(RequestFailure) {
                let page = try await hasty.modelsPage(of: address, by: dialect)
                return await session(address, exchange, dialect, page, isModelNamed: isModelNamed)
            } catch {
                lastFailure = error
                if silent == nil, error.hasConnected { silent = (exchange, error) }
            }
        }
        guard let silent, isModelNamed || silent.failure.mayPass else {
            throw DiscoveryError(address.origin, silent?.failure ?? lastFailure, settings)
        }
        return await session(
            address, silent.exchange, dialect, ModelsPage(failure: silent.failure), isModelNamed: isModelNamed
        )
    }

    private func session(
        _ address: EndpointAddress, _ exchange: Exchange, _ dialect: any Dialect.Type, _ first: ModelsPage,
        isModelNamed: Bool
    ) async -> Session {
        var page = first
        // Where the model is named, the list may be missing, forbidden or broken.
        if !isModelNamed {
            page = await patiently(address, first) {
                do throws(RequestFailure) {
                    return try await exchange.modelsPage(of: address, by: dialect)
                } catch {
                    return ModelsPage(failure: error)
                }
            }
        }
        return Session(
            address: address, exchange: exchange, settings: settings, inputTokens: inputTokens, seed: seed,
            dialect: dialect, page: page)
    }

    private func tlsContext(for address: EndpointAddress) throws(RequestFailure) -> NIOSSLContext? {
        guard address.usesTLS else { return nil }
        do { return try settings.roots.context(insecure: settings.insecure) } catch {
            throw RequestFailure(error, settings.scrubber)
        }
    }
}

extension RequestFailure {
    /// Somebody was there, whatever became of the answer.
    fileprivate var hasConnected: Bool {
        switch kind {
        case .nameNotFound, .connectionRefused, .connectTimeout, .unreachable, .tls: false
        default: true
        }
    }
}
