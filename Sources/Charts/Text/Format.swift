import System

/// Numbers as people read them: at most four significant digits, a unit, "–" for what isn't known. The
/// number of digits depends on the magnitude only, so that a figure that trembles keeps its width.
package enum Format {
    /// What stands for a value that isn't there.
    package static let unknown = "–"

    /// `value` with exactly `decimals` digits after the point, rounded half away from zero; large values
    /// are clamped to 15 digits.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        let power = pow(10, Double(decimals))
        let scaled = min(999_999_999_999_999, (abs(value) * power).rounded())
        let digits = String(Int(scaled))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// Three significant digits: `0.42`, `1.24`, `12.4`, `124`, `1240`; below 0.1 two, as `0.042` and `0.0042`, so
    /// that nothing small reads as nothing.
    static func significant(_ value: Double) -> String {
        let magnitude = abs(value)
        switch magnitude {
        case 0: return fixed(value, 2)
        case ..<0.000_095: return value < 0 ? ">-0.0001" : "<0.0001"
        case ..<0.009_95: return fixed(value, 4)
        case ..<0.0995: return fixed(value, 3)
        default: return fixed(value, magnitude < 9.995 ? 2 : magnitude < 99.95 ? 1 : 0)
        }
    }

    /// Groups of three digits, split by a space.
    static func group(_ digits: String) -> String {
        var result = ""
        for (index, digit) in digits.enumerated() {
            let left = digits.utf8.count - index
            if index > 0, left % 3 == 0, result != "-" { result.append(" ") }
            result.append(digit)
        }
        return result
    }
}
