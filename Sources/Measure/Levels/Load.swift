/// What is offered at a level. Whoever handles one asks it for its properties, and doesn't care which kind it is.
package enum Load: Hashable, Sendable {
    /// So many users, each of whom sends its next request once the last one is answered: a closed loop.
    case users(Int)

    /// How much: loads are ordered by it, and charts and fits have it as their axis.
    package var amount: Double {
        switch self {
        case .users(let count): Double(count)
        }
    }

    /// The figure alone, for tables and points: "32".
    package var label: String {
        switch self {
        case .users(let count): "\(count)"
        }
    }

    /// What the figure counts, for a column's head.
    package var unit: String {
        switch self {
        case .users: "users"
        }
    }

    /// "1 user", "32 users".
    package var words: String {
        switch self {
        case .users(1): "1 user"
        case .users: "\(label) \(unit)"
        }
    }

    /// The number of users, where that is what is offered: what scripts know as `concurrency`.
    package var users: Int? {
        switch self {
        case .users(let count): count
        }
    }
}

extension Load: Comparable {
    package static func < (left: Load, right: Load) -> Bool { left.amount < right.amount }
}

/// Users are recorded as their bare number, as files have had them from the beginning; other kinds of load will be
/// objects in its place.
extension Load: Codable {
    package init(from decoder: any Decoder) throws {
        self = .users(try decoder.singleValueContainer().decode(Int.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .users(let count): try value.encode(count)
        }
    }
}
