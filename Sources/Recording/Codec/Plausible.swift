import Measure

/// Keeps figures that no session can have had, and that would make later arithmetic overflow, out of the
/// program: a file may have been damaged or made up.
enum Plausible {
    /// Moments and durations: ± 36 years, so that differences and sums of a few of them fit.
    static func time(_ nanoseconds: Int64) -> Bool { nanoseconds.magnitude < 1 << 60 }
    static func time(_ moment: Moment?) -> Bool { moment.map { time($0.nanoseconds) } ?? true }
    /// Nanoseconds since 1970: up to the year 2116.
    static func calendar(_ nanoseconds: Int64) -> Bool { nanoseconds.magnitude < 1 << 62 }
    /// Numbers of things.
    static func amount(_ value: Int?) -> Bool { (value ?? 0).magnitude < 1 << 48 }
}

extension SessionInfo {
    var isPlausible: Bool {
        Plausible.time(started.moment) && Plausible.calendar(started.unixNanoseconds)
    }
}

extension ControlEvent {
    var isPlausible: Bool {
        guard Plausible.time(at) else { return false }
        return switch self {
        case .sessionStarted(let info): info.isPlausible
        case .levelStarted(let start, _):
            [start.level, start.users, start.planned].allSatisfy(Plausible.amount)
        case .usersChanged(_, let users, _): Plausible.amount(users)
        case .windowOpened(_, let level, _), .windowClosed(_, let level, _): Plausible.amount(level)
        default: true
        }
    }
}

extension RequestRecord {
    var isPlausible: Bool {
        [intended, sent, end, first, last, firstContent].allSatisfy { Plausible.time($0) }
            && Plausible.time(connect ?? 0) && Plausible.time(failure?.retryAfter ?? 0)
            && [chunks, firstChunkTokens, outputTokens, requestedTokens, inputTokens, cachedTokens]
                .allSatisfy(Plausible.amount)
    }
}

extension LevelResult {
    var isPlausible: Bool {
        Plausible.time(windowStart) && Plausible.time(windowEnd)
            && [
                level, concurrency, completed, failed, inputTokens, outputTokens, cachedTokens, inputsSaid,
                cachedSaid, bufferedAnswers, refusedCounts,
            ].allSatisfy(Plausible.amount)
            && failures.values.allSatisfy(Plausible.amount) && Plausible.time(stoodStill ?? 0)
            && Plausible.time(hung ?? 0)
            && [ttft, tpot, itl, e2e, connect, tail].allSatisfy {
                Plausible.amount($0.count) && $0.bins.counts.count == LogBins.count
            }
    }
}
