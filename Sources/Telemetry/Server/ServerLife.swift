/// What a page of metrics tells of the process behind it: enough to see whether it is still the same one.
struct ServerLife: Hashable, Sendable {
    /// When the page was read, by our own calendar, in seconds since 1970.
    var readAt: Double
    /// When the process began, by the server's calendar, in seconds since 1970; nil where it doesn't say.
    var startedAt: Double?
    /// Everything that only ever grows, by series.
    var counters: [String: Double]

    /// How far apart the two machines' calendars may be, in seconds.
    static let calendarSlack = 60.0

    init(_ page: MetricsPage, readAt: Double) {
        self.readAt = readAt
        startedAt = page["process_start_time_seconds"]
        counters = Dictionary(
            page.samples.filter { Self.onlyGrows($0.series, page.types) }.map { ($0.series, $0.value) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Another process answers than the one that was seen `earlier`, and it began since.
    ///
    /// Behind a load balancer each look may meet another replica, whose counters are lower or whose start lies
    /// elsewhere. Where pages tell when their process began, only a start since the earlier look counts.
    /// Elsewhere counters that fell were reset with the process that kept them; more of them than grew, since
    /// with another replica some are higher and some lower.
    func isNewborn(since earlier: ServerLife) -> Bool {
        var (fell, grew) = (0, 0)
        for (series, before) in earlier.counters {
            guard let now = counters[series] else { continue }
            if now < before { fell += 1 }
            if now > before { grew += 1 }
        }
        return Self.isNewborn(
            startedAt: startedAt, before: earlier.startedAt, readBefore: earlier.readAt, fell: fell,
            grew: grew)
    }

    /// - Parameters:
    ///   - startedAt: when the process began, as it says now, and as one said `before`.
    ///   - readBefore: when that was, by our own calendar.
    ///   - fell: how many counters are lower than before, and how many higher.
    static func isNewborn(
        startedAt: Double?, before: Double?, readBefore: Double, fell: Int, grew: Int
    ) -> Bool {
        guard let startedAt, let before else { return fell > grew }
        return startedAt > before + 1 && startedAt > readBefore - calendarSlack
    }

    /// As the page says of the family; else by its name. In the text format a counter's family may be named
    /// with `_total` or without, a histogram's always is without `_count`.
    private static func onlyGrows(_ series: String, _ types: [String: String]) -> Bool {
        let name = String(series.prefix { $0 != "{" })
        for suffix in ["_total", "_count"] where name.hasSuffix(suffix) {
            switch types[name] ?? types[String(name.dropLast(suffix.count))] {
            case "counter": return true
            case "histogram", "summary": return suffix == "_count"
            case nil: return true
            default: return false
            }
        }
        return types[name] == "counter"
    }
}
