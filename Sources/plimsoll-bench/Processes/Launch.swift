/// A program to be run.
struct Launch {
    enum Screen {
        /// Standard output and error are read through pipes.
        case none
        /// A terminal of this size of its own.
        case terminal(columns: UInt16, rows: UInt16)
    }

    var program: String
    var arguments: [String]
    var screen = Screen.none

    var commandLine: String {
        ([program.split(separator: "/").last.map(String.init) ?? program] + arguments).joined(separator: " ")
    }
}
