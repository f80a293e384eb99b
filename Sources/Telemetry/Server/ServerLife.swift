/// What a page of metrics tells of the process behind it: enough to see whether it is still the same one.
public struct ServerLife: Hashable, Sendable {
    /// When the page was read, by our own calendar, in seconds since 1970.
    public var readAt: Double
    /// When the process began, by the server's calendar, in seconds since 1970; nil where it doesn't say.
    public var startedAt: Double?
    /// Everything that only ever grows, by series.
    public var counters: [String: Double]

    /// How far apart the two machines' calendars may be, in seconds.
    static let calendarSlack = 60.0

    public init(_ page: MetricsPage, readAt: Double) {
        self.readAt = readAt
        startedAt = page["process_start_time_seconds"]
        counters = Dictionary(
            page.samples.filter { Self.onlyGrows($0.series) }.map { ($0.series, $0.value) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Another process answers than the one that was seen `earlier`, and it began since.
    ///
    /// Behind a load balancer each look may meet another replica, whose counters are lower or whose start lies
    /// elsewhere. Where pages tell when their process began, only a start since the earlier look counts.
    /// Elsewhere a counter that fell was reset: the process that kept it is gone.
    public func isNewborn(since earlier: ServerLife) -> Bool {
        if let startedAt, let before = earlier.startedAt {
            return startedAt > before + 1 && startedAt > earlier.readAt - Self.calendarSlack
        }
        return counters.contains { series, value in earlier.counters[series].map { value < $0 } ?? false }
    }

    /// Counters end in `_total`, histograms and summaries in `_count`, by the naming rules of Prometheus. Those
    /// of vLLM, SGLang, TGI, TensorRT-LLM and llama.cpp all do; a name that ends otherwise says nothing here.
    private static func onlyGrows(_ series: String) -> Bool {
        let name = series.prefix { $0 != "{" }
        return name.hasSuffix("_total") || name.hasSuffix("_count")
    }
}
