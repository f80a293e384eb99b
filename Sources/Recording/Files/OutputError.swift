import Glibc
import System

/// Why a file can't be made. The description is a part of a line for the user.
package struct OutputError: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var reason: String
    /// There is a file already, and nobody said that it may be replaced.
    package var exists = false

    package var description: String { "can't write \(path): \(reason)" }
}

extension SystemError {
    /// What it means where a file is made or read, as a part of a sentence.
    var reason: String {
        switch code {
        case EISDIR: "it is a directory"
        case EEXIST: "it exists; --force replaces it"
        case ELOOP: "it is a link: give the file itself"
        case ENOTDIR: "a part of the path is not a directory"
        default: description
        }
    }
}
