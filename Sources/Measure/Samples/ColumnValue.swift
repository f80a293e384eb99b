/// One cell of an export: the same value in CSV, in the recording's plain columns and in the JSON document.
///
/// A number that isn't one (NaN, infinity) is `missing` in every form, whichever case holds it.
package enum ColumnValue: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case missing

    /// nil and what isn't finite become `missing`.
    package static func number(_ value: Double?) -> ColumnValue {
        guard let value, value.isFinite else { return .missing }
        return .number(value)
    }

    package static func integer(_ value: Int?) -> ColumnValue {
        value.map { ColumnValue.integer($0) } ?? .missing
    }

    package static func text(_ value: String?) -> ColumnValue {
        value.map { ColumnValue.text($0) } ?? .missing
    }

    /// 1 or 0.
    package static func flag(_ value: Bool) -> ColumnValue { .integer(value ? 1 : 0) }

    /// Nanoseconds as milliseconds.
    package static func milliseconds(_ nanoseconds: Double?) -> ColumnValue {
        .number(nanoseconds.map { $0 / 1e6 })
    }
}

extension ColumnValue: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .integer(let integer): try container.encode(integer)
        case .number(let number) where number.isFinite: try container.encode(number)
        case .number, .missing: try container.encodeNil()
        }
    }
}

/// A named cell.
package struct Column: Hashable, Sendable {
    package var name: String
    package var value: ColumnValue

    package init(_ name: String, _ value: ColumnValue) {
        self.name = name
        self.value = value
    }
}

extension [Column] {
    /// These cells in the order of a written list, whatever order they were made in; empty where there is none.
    func ordered(by names: [String]) -> [Column] {
        let cells = Dictionary(map { ($0.name, $0.value) }) { first, _ in first }
        return names.map { Column($0, cells[$0] ?? .missing) }
    }
}
