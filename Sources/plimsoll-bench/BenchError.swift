/// Why a figure could not be taken.
struct BenchError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }

    /// A system call that failed.
    static func system(_ what: String, _ code: Int32 = systemErrorCode()) -> BenchError {
        BenchError("\(what): \(systemErrorText(code))")
    }
}
