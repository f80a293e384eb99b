import Glibc

/// What is going on, on standard error.
enum Progress {
    static func say(_ line: String) {
        let text = line + "\n"
        _ = text.withCString { write(2, $0, strlen($0)) }
    }
}
