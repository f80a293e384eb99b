/// One line of the table.
struct Figure {
    enum Grade: String {
        case held = "ok"
        case short = "SHORT"
        /// Measured, but there is no target for it.
        case none = ""
    }

    var name: String
    var target: String
    var measured: String
    /// Measured over target, where less is better.
    var ratio: Double?
    var grade: Grade

    var line: String {
        let target = target.isEmpty ? "" : " (\(target))"
        return "\(name): \(measured)\(target) \(grade.rawValue)"
    }

    /// A figure that may be at most `limit`.
    static func atMost(
        _ limit: Double, _ name: String, _ value: Double?, unit: String, digits: Int = 2, said: String? = nil
    ) -> Figure {
        let target = "≤ \(Decimals.text(limit, atMost: digits)) \(unit)"
        guard let value, value.isFinite else {
            return Figure(name: name, target: target, measured: "– (too few samples)", grade: .short)
        }
        return Figure(
            name: name, target: target, measured: said ?? "\(Decimals.text(value, digits)) \(unit)",
            ratio: value / limit, grade: value <= limit ? .held : .short)
    }

    /// A figure that must be so.
    static func must(_ name: String, _ target: String, _ holds: Bool, said: String) -> Figure {
        Figure(name: name, target: target, measured: said, grade: holds ? .held : .short)
    }

    /// Something that one should know beside the others.
    static func note(_ name: String, _ text: String) -> Figure {
        Figure(name: name, target: "", measured: text, grade: .none)
    }
}
