import Measure

/// How far back the charts reach.
enum WatchSpan: Int, Hashable, Sendable, CaseIterable {
    case minute, fiveMinutes, quarterHour, hour, sixHours

    var length: Nanoseconds {
        switch self {
        case .minute: 60 * .second
        case .fiveMinutes: 300 * .second
        case .quarterHour: 900 * .second
        case .hour: 3_600 * .second
        case .sixHours: 21_600 * .second
        }
    }

    var name: String { Self.words(length) }

    /// What a session that is so old fills; a quarter of an hour at most.
    static func fitting(_ elapsed: Nanoseconds) -> WatchSpan {
        allCases.first { $0.length >= elapsed || $0 == .quarterHour } ?? .quarterHour
    }

    /// nil at either end.
    func next(by step: Int) -> WatchSpan? { WatchSpan(rawValue: rawValue + step) }

    /// How far a press moves the cursor.
    var cursorStep: Nanoseconds { length / 60 }

    /// "45 s", "15 m", "6 h": rounded, for an axis.
    static func words(_ span: Nanoseconds) -> String {
        let seconds = max(0, span) / .second
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<120: return seconds == 60 ? "1 m" : "\(seconds) s"
        case ..<7_200: return seconds == 3_600 ? "1 h" : "\((seconds + 30) / 60) m"
        default: return "\((seconds + 1_800) / 3_600) h"
        }
    }
}
