import Foundation
import GRDB

/// An error of SQLite's without the SQL: a user can't do anything with that.
func plainReason(_ error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "\(error)" }
    return switch error.resultCode {
    case .SQLITE_FULL: "the disk is full"
    case .SQLITE_BUSY, .SQLITE_LOCKED: "another program holds it"
    case .SQLITE_READONLY: "it is read-only"
    case .SQLITE_PERM, .SQLITE_AUTH: "permission denied"
    case .SQLITE_CANTOPEN: "it can't be opened"
    case .SQLITE_IOERR: "the disk gave an error (\(error.extendedResultCode.rawValue))"
    case .SQLITE_NOMEM: "out of memory"
    default: error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    }
}

/// Whether the file's contents are at fault, not the way to it.
func isDamage(_ error: any Error) -> Bool {
    guard let error = error as? DatabaseError else { return false }
    return switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_FORMAT, .SQLITE_MISMATCH, .SQLITE_TOOBIG,
        .SQLITE_INTERNAL, .SQLITE_RANGE, .SQLITE_MISUSE, .SQLITE_SCHEMA, .SQLITE_EMPTY, .SQLITE_CONSTRAINT:
        true
    // More steps than a sound file's query takes, or something that only runs in a trusted file.
    case .SQLITE_INTERRUPT, .SQLITE_AUTH: true
    // A file cut short reads as an I/O error.
    case .SQLITE_IOERR: true
    default: false
    }
}

func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
}
