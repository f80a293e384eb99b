import FoundationEssentials

/// The truth as JSON.
enum TruthDocument {
    static func encode(_ truth: SimulatorTruth) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(truth), as: UTF8.self)
    }
}
