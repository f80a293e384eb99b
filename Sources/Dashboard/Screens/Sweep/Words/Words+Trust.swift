import Measure

extension Words {
    /// One word, for a narrow table; the help and the line below the panels have the whole name.
    static func short(_ flag: TrustFlag) -> String {
        switch flag {
        case .clientBound: "lag"
        case .fewSamples: "few"
        case .errors: "errors"
        case .mixedTokenSources: "counts"
        case .prefixCache: "cache"
        case .outputLength: "output"
        case .inputLength: "input"
        case .littlesLaw: "Little"
        case .unsteady: "unsteady"
        case .cutShort: "cut"
        case .serverRestarted: "restart"
        case .gpuThrottled: "GPU"
        }
    }
}
