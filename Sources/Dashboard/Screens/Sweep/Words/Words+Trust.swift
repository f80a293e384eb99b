import Measure

extension Words {
    /// One word, for a narrow table; the help and the line below the panels have the whole name.
    static func short(_ flag: TrustFlag) -> String {
        switch flag {
        case .serverRestarted: "restart"
        case .errors: "errors"
        case .clientStoodStill: "stop"
        case .foreignLoad: "foreign"
        case .cutShort: "cut"
        case .notRepeatable: "repeat"
        case .buffered: "buffer"
        case .countsRefused: "refused"
        case .clientBound: "lag"
        case .usersIdle: "idle"
        case .tail: "tail"
        case .unsteady: "unsteady"
        case .gpuThrottled: "GPU"
        case .mixedTokenSources: "counts"
        case .prefixCache: "cache"
        case .outputLength: "output"
        case .inputLength: "input"
        }
    }
}
