import Glibc
import System

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
    /// Over the benchmark's own.
    var environment: [String: String] = [:]

    var commandLine: String {
        ([program.split(separator: "/").last.map(String.init) ?? program] + arguments).joined(separator: " ")
    }

    /// Always in the same environment, whatever terminal the benchmark itself runs in.
    func started(
        output: ChildProcess.Launch.Stream, error: ChildProcess.Launch.Stream
    ) -> ChildProcess.Launch {
        var environment = ["LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"]
        for name in ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"] {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        return ChildProcess.Launch(
            program, arguments: arguments, environment: environment.merging(self.environment) { $1 },
            output: output, error: error)
    }
}
