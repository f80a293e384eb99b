import Measure
import NIOCore
import NIOSSL
import Wire

/// An endpoint that answered: where it is, what it speaks and takes, and how long its prompts have to be.
public struct DiscoveredEndpoint: Sendable {
    public let info: EndpointInfo
    /// As the server calls it: what is sent.
    let model: String
    public let calibration: PromptCalibration
    public let fields: OptionalFields
    /// Tokens of a new prompt that the server finds in its prefix cache all the same: the chat template's.
    public let templateCacheTokens: Int
    /// What a user should know, a line each.
    public let notes: [String]

    let address: EndpointAddress
    let socketAddress: SocketAddress
    let tls: NIOSSLContext?
    let dialect: any Dialect.Type
    let settings: ClientSettings
    /// How its answers ended in the trial, and what a chunk of theirs bears.
    var norm = AnswerNorm()

    func target(requestedTokens: Int, seed: UInt64) -> Target {
        let head =
            RequestHead.lines(
                method: "POST", target: address.target(for: dialect), address: address, settings: settings,
                accept: "text/event-stream") + "x-request-id: plimsoll-\(String(seed, radix: 36))-"
        let shape = RequestShape(model: model, outputTokens: requestedTokens, fields: fields)
        let instance = dialect.init()
        var norm = norm
        norm.requestedTokens = requestedTokens
        let template = instance.template(for: shape)
        // No word of a prompt is that long.
        norm.promptLimit = AnswerNorm.promptLimit(
            requestBytes: template.prefix.count + template.suffix.count + 16 * calibration.words)
        return Target(
            id: info.id, address: socketAddress, tls: tls, serverName: address.tlsServerName,
            dialect: instance,
            headStart: Array(head.utf8), template: template,
            promptWords: calibration.words,
            requestedTokens: requestedTokens, norm: norm, settings: settings,
            seed: seed &+ UInt64(info.id.index) &* 0xD6E8_FEB8_6659_FD93)
    }
}

extension EndpointAddress {
    /// For SNI and certificate checks; nil for a literal address.
    var tlsServerName: String? {
        let isLiteral = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
        return isLiteral ? nil : host
    }
}
