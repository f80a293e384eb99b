package import Measure
package import Wire

/// An endpoint that answered: where it is, what it speaks and takes, and how long its prompts have to be.
package struct DiscoveredEndpoint: Sendable {
    package internal(set) var info: EndpointInfo
    /// As the server calls it: what is sent.
    var model: String
    package let calibration: PromptCalibration
    package let fields: OptionalFields
    /// What a user should know, a line each.
    package let notes: [Shown]

    let address: EndpointAddress
    /// Where requests go to, behind all redirects; with the query.
    let route: String
    let connector: Connector
    let dialect: any Dialect.Type
    var settings: ClientSettings
    /// How its answers ended in the trial, and what a chunk of theirs bears.
    var norm = AnswerNorm()
    /// What it cost the server to be found out about.
    package internal(set) var spent = TokensSpent()

    func target(requestedTokens: Int, seed: UInt64) -> Target {
        let seed = seed &+ UInt64(info.id.index) &* 0xD6E8_FEB8_6659_FD93
        let form = RequestForm(
            RequestShape(model: model, outputTokens: requestedTokens, fields: fields), dialect: dialect,
            target: route, address: address, settings: settings, seed: seed)
        var norm = norm
        norm.requestedTokens = requestedTokens
        norm.promptLimit = AnswerNorm.promptLimit(requestBytes: form.longestBody(words: calibration.words))
        return Target(
            id: info.id, connector: connector, dialect: dialect.init(), form: form,
            promptWords: calibration.words,
            requestedTokens: requestedTokens, norm: norm, settings: settings, seed: seed)
    }
}

extension EndpointAddress {
    /// For SNI and certificate checks; nil for a literal address.
    var tlsServerName: String? {
        let isLiteral = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
        return isLiteral ? nil : host
    }
}
