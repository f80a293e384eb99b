/// What is so at a moment, whatever servers call it.
enum Gauge: Int, Hashable, Sendable, CaseIterable {
    case running
    case waiting
    case waitingForCapacity
    case waitingForOthers
    /// From 0 to 1.
    case kvUsage
    case awake
    /// Shares and speeds as the server itself reckons them: for where there are no counters to do so.
    case hitRate
    case acceptanceRate
    case acceptedLength
    case generationSpeed
    case kvCapacityTokens
    case ownConcurrencyGuess
    /// Both over the server's whole life: the product of the first with the decode steps grows like a counter.
    case meanBusySlots
    /// How long it took to get the page.
    case scrapeSeconds

    /// Of several that one engine has (pools, models), the fullest says how it is; numbers of requests add up.
    var addsUp: Bool {
        switch self {
        case .running, .waiting, .waitingForCapacity, .waitingForOthers, .generationSpeed, .kvCapacityTokens,
            .ownConcurrencyGuess:
            true
        case .kvUsage, .awake, .hitRate, .acceptanceRate, .acceptedLength, .meanBusySlots,
            .scrapeSeconds:
            false
        }
    }
}

/// What only ever grows.
enum Counter: Hashable, Sendable {
    /// Tokens of prompts: all; those that had to be computed; those that a cache had.
    case prompt
    case computed
    case cached
    case generated
    /// Requests that ended, by the server's own word for why.
    case finished(String)
    /// Requests that ended, where nothing says why.
    case ended
    case rejected
    case httpResponses(HTTPClass)
    /// Tokens looked for in the prefix cache, and found.
    case prefixQueries
    case prefixHits
    case preemptions
    case drafts
    case draftTokens
    case acceptedTokens
    case acceptedAt(Int)
    case failedTransfers
    case decodeSteps
    case busySlotSteps

    /// A number of its own, below `slots`; nil for those of which there may be any number.
    var slot: Int? {
        switch self {
        case .finished, .acceptedAt: nil
        case .prompt: 0
        case .computed: 1
        case .cached: 2
        case .generated: 3
        case .ended: 4
        case .rejected: 5
        case .httpResponses(.fine): 6
        case .httpResponses(.clientError): 7
        case .httpResponses(.serverError): 8
        case .prefixQueries: 9
        case .prefixHits: 10
        case .preemptions: 11
        case .drafts: 12
        case .draftTokens: 13
        case .acceptedTokens: 14
        case .failedTransfers: 15
        case .decodeSteps: 16
        case .busySlotSteps: 17
        }
    }

    static let slots = 18
}

enum HTTPClass: Hashable, Sendable {
    case fine
    case clientError
    case serverError

    /// `4xx` or `404`; nil for anything else.
    init?(_ status: String) {
        switch status.first {
        case "2", "3": self = .fine
        case "4": self = .clientError
        case "5": self = .serverError
        default: return nil
        }
    }
}

/// What servers have histograms of.
enum Timing: Int, Hashable, Sendable, CaseIterable {
    case ttft
    case itl
    case tpot
    case e2e
    case queue
    case prefill
    case decode
    case promptLength
    case generationLength
}
