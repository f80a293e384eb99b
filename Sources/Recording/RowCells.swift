import Foundation
import GRDB
import Measure

/// Reads a row's cells one after the other. GRDB's own subscripts trap on a value of another type than
/// asked for; a damaged file has those.
struct RowCells {
    private let row: Row
    private var index: Int
    /// A cell had another type than asked for.
    private(set) var wrongType = false

    init(_ row: Row, from index: Int = 0) {
        self.row = row
        self.index = index
    }

    var isAtEnd: Bool { index >= row.count }

    mutating func skip(_ count: Int) { index += count }

    private mutating func next() -> DatabaseValue.Storage {
        guard index < row.count else {
            wrongType = true
            return .null
        }
        defer { index += 1 }
        return (row[index] as DatabaseValue).storage
    }

    mutating func integer() -> Int64? {
        switch next() {
        case .int64(let value): return value
        case .null: return nil
        default:
            wrongType = true
            return nil
        }
    }

    mutating func text() -> String? {
        switch next() {
        case .string(let value): return value
        case .null: return nil
        default:
            wrongType = true
            return nil
        }
    }

    mutating func bytes() -> Data? {
        switch next() {
        case .blob(let value): return value
        case .null: return nil
        default:
            wrongType = true
            return nil
        }
    }

    mutating func int() -> Int? { integer().flatMap { Int(exactly: $0) } }
    mutating func moment() -> Moment? { integer().map { Moment(nanoseconds: $0) } }
    mutating func narrow<T: FixedWidthInteger>(_: T.Type) -> T? { integer().flatMap { T(exactly: $0) } }
}
