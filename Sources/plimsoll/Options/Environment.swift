import FoundationEssentials

/// The process's environment.
enum Environment {
    static let variables = ProcessInfo.processInfo.environment
}
