package import Measure
import NIOCore
import NIOPosix
import NIOSSL
package import Wire

/// Pages of one server, one after the other, over a connection that is kept as long as the server keeps it.
package actor ServerPages {
    /// Gets a page's body in the parts in which it comes, on the event loop: it must return at once. What it throws
    /// ends the exchange.
    package typealias PartTaker = @Sendable (_ part: [UInt8]) throws -> Void

    package nonisolated let address: EndpointAddress
    package nonisolated let settings: ClientSettings
    private var connection: (any Channel)?
    private var lastWords = PageConnection.LastWords()
    private var tls: NIOSSLContext?

    package init(_ address: EndpointAddress, settings: ClientSettings) {
        self.address = address
        var settings = settings
        for secret in address.secrets { settings.scrubber.add(secret) }
        settings.urlHoldsKey = !address.secrets.isEmpty
        self.settings = settings
    }

    /// Follows where the page leads on the same origin. Not to be called while a call is under way.
    ///
    /// - Parameter limit: for all of it, from the look-up of the name to the page's last byte.
    /// - Throws: `RequestFailure`, a refusal among them, or what `taking` threw.
    package func get(
        _ path: String, accept: String = "text/plain", within limit: Nanoseconds,
        taking: @escaping PartTaker
    ) async throws -> ResponseHead {
        let deadline = SystemTime.now() + limit
        var target = path + address.query
        for _ in 0...WireLimits.redirects {
            let request = RequestHead.lines(
                method: "GET", target: target, address: address, settings: settings, accept: accept,
                dialect: ChatCompletions.self)
            let answer = try await exchange(
                ByteBuffer(string: request + "\r\n"), until: deadline, stated: limit, taking: taking)
            guard let redirect = Redirect(answer.head, askedFor: target, at: address) else {
                guard answer.head.isSuccess else {
                    throw RequestFailure(refusal: answer.head, body: answer.refusal, settings.scrubber)
                }
                return answer.head
            }
            guard case .sameOrigin(let next) = redirect else {
                throw RequestFailure.redirected(redirect, status: answer.head.status, settings.scrubber)
            }
            target = next
        }
        throw RequestFailure.endlessRedirects
    }

    /// It was reached by an address of this machine's own; nil where it wasn't reached yet.
    package var isOnThisMachine: Bool? { connection?.remoteAddress?.isOfThisMachine }

    package func close() {
        connection?.close(promise: nil)
        connection = nil
    }

    // MARK: Connections

    private func exchange(
        _ request: ByteBuffer, until deadline: Moment, stated: Nanoseconds, taking: @escaping PartTaker
    ) async throws -> PageConnection.Answer {
        if let connection, connection.isActive {
            do {
                return try await ask(connection, request, until: deadline, stated: stated, taking: taking)
            } catch let lost as PageConnection.Lost where !lost.hadBegun && !Task.isCancelled {
                // It was closed while nobody asked, which shows only now: that is no failure.
            } catch let lost as PageConnection.Lost {
                throw lost.failure
            }
        }
        let connection = try await connect(until: deadline, stated: stated)
        self.connection = connection
        do {
            return try await ask(connection, request, until: deadline, stated: stated, taking: taking)
        } catch let lost as PageConnection.Lost {
            throw lost.failure
        }
    }

    private func ask(
        _ connection: any Channel, _ request: ByteBuffer, until deadline: Moment, stated: Nanoseconds,
        taking: @escaping PartTaker
    ) async throws -> PageConnection.Answer {
        let answer = connection.eventLoop.makePromise(of: PageConnection.Answer.self)
        let written = connection.eventLoop.makePromise(of: Void.self)
        // On a channel that was closed meanwhile there is no handler any more that could say so.
        written.futureResult.whenFailure { [scrubber = settings.scrubber, lastWords] in
            let failure = lastWords.words ?? RequestFailure($0, scrubber)
            answer.fail(PageConnection.Lost(failure: failure, hadBegun: false))
        }
        connection.writeAndFlush(
            PageConnection.Ask(
                request: request, limit: max(0, deadline - SystemTime.now()), stated: stated,
                taking: taking, answer: answer), promise: written)
        return try await withTaskCancellationHandler {
            try await answer.futureResult.get()
        } onCancel: {
            connection.close(promise: nil)
        }
    }

    /// To the first of the host's addresses that takes a connection; the time is shared among them.
    private func connect(until deadline: Moment, stated: Nanoseconds) async throws -> any Channel {
        if address.usesTLS, tls == nil {
            do { tls = try settings.roots.context(insecure: settings.insecure) } catch {
                throw RequestFailure(error, settings.scrubber)
            }
        }
        let addresses = try await HostResolution.addresses(
            of: address.host, port: address.port, within: max(1, deadline - SystemTime.now()))
        var last = RequestFailure(
            kind: .connectTimeout, message: "no connection within \(own: "\(stated.inSeconds)") s")
        for (place, candidate) in addresses.enumerated() {
            let limit = (deadline - SystemTime.now()) / Nanoseconds(addresses.count - place)
            guard limit > 0, !Task.isCancelled else { break }
            lastWords = PageConnection.LastWords()
            let connector = Connector(address: candidate, tls: tls, serverName: address.tlsServerName)
            do {
                return try await connector.open(
                    on: MultiThreadedEventLoopGroup.singleton.any(),
                    within: min(limit, settings.connectTimeout)
                ) { [scrubber = settings.scrubber, lastWords] in
                    PageConnection(scrubber: scrubber, lastWords: lastWords)
                }.get()
            } catch {
                last = RequestFailure(error, settings.scrubber)
            }
        }
        throw last
    }
}
