import System

/// Why a figure could not be taken.
struct BenchError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }

    /// A system call that failed.
    static func system(_ what: String, _ error: SystemError = .last) -> BenchError {
        BenchError("\(what): \(error)")
    }
}
