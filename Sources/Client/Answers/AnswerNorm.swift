import Measure
import Wire

/// What the end of an answer is known by.
struct EndMarks: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let finish = EndMarks(rawValue: 1)
    /// The count of the whole answer, apart from its tokens.
    static let usage = EndMarks(rawValue: 2)
    /// The end itself: `[DONE]`
    static let done = EndMarks(rawValue: 4)

    /// "finish reason, usage or [DONE]"
    func words(_ dialect: any Dialect.Type) -> Shown {
        let names = [(EndMarks.finish, "finish reason"), (.usage, "usage"), (.done, dialect.endMark)]
            .filter { contains($0.0) }.map(\.1)
        let last = names.last ?? "end"
        let others = names.dropLast().joined(separator: ", ")
        return Shown(own: others.isEmpty ? last : "\(others) or \(last)")
    }
}

/// What is known of an endpoint's answers before they come: from the request, and from the first trial.
struct AnswerNorm: Hashable, Sendable {
    /// The marks that the trial's end had. An answer with none of them is not complete.
    var endMarks: EndMarks = []
    /// Where the server counts nothing while it streams.
    var tokensPerChunk = 1.0
    /// The output length that is asked for.
    var requestedTokens: Int?
    /// The most that a server can count a prompt as.
    var promptLimit = WireLimits.tokens

    /// - Parameter requestBytes: of one request's body, at the most.
    static func promptLimit(requestBytes: Int) -> Int {
        min(requestBytes + WireLimits.addedPromptTokens, WireLimits.tokens)
    }
}
