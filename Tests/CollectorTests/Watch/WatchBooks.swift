import Measure

@testable import Collector

/// A watch, and what its sources say.
struct WatchBooks {
    private(set) var entries: [SessionEntry] = []
    var ledger: WatchLedger

    static let session = SessionInfo(
        started: WallAnchor(moment: .zero, unixNanoseconds: 1_795_697_573 * .second), version: "0",
        command: "watch", watch: WatchPlan(interval: .second), options: [:], seed: 1, host: "here")

    init(_ session: SessionInfo = session) { ledger = WatchLedger(session) }

    /// Seconds since the session began.
    static func at(_ seconds: Double) -> Moment { Moment(nanoseconds: .seconds(seconds)) }

    @discardableResult
    mutating func take(_ entry: SessionEntry) -> [WatchEvent] {
        entries.append(entry)
        return ledger.take(entry)
    }

    static func role(_ port: Int, endpoint: EndpointID? = nil, isHere: Bool = true) -> SourceRole {
        .server(
            WatchedServer(
                url: "http://host:\(port)", label: ":\(port)", endpoint: endpoint,
                localPort: isHere ? port : nil))
    }

    @discardableResult
    mutating func join(_ source: Int, _ role: SourceRole?, at seconds: Double = 0, name: Shown = "s")
        -> [WatchEvent]
    {
        take(
            .event(
                .sourceJoined(
                    SourceInfo(id: SourceID(source), name: name, role: role), at: Self.at(seconds))))
    }

    @discardableResult
    mutating func leave(_ source: Int, at seconds: Double) -> [WatchEvent] {
        take(.event(.sourceLeft(SourceID(source), at: Self.at(seconds))))
    }

    @discardableResult
    mutating func say(_ source: Int, _ news: ServerNews, at seconds: Double) -> [WatchEvent] {
        take(.event(.serverSaid(SourceID(source), news, at: Self.at(seconds))))
    }

    @discardableResult
    mutating func say(_ source: Int, _ news: GPUNews, at seconds: Double) -> [WatchEvent] {
        take(.event(.gpusSaid(SourceID(source), news, at: Self.at(seconds))))
    }

    @discardableResult
    mutating func read(_ source: Int, at seconds: Double, _ page: KeyValuePairs<String, Double>)
        -> [WatchEvent]
    {
        take(
            .reading(
                Reading(
                    source: SourceID(source), at: Self.at(seconds),
                    series: page.map { Shown(own: $0.key) }, values: page.map(\.value))))
    }

    /// A page of a server under even load.
    @discardableResult
    mutating func serve(
        _ source: Int, at seconds: Double, running: Double = 4, waiting: Double = 0, kv: Double = 0.5,
        start: Double = 0, tokens: Double? = nil
    ) -> [WatchEvent] {
        let tokens = tokens ?? 100 * seconds
        return read(
            source, at: seconds,
            [
                "process_start_time_seconds": 1_795_697_573 + start,
                "vllm:num_requests_running": running, "vllm:num_requests_waiting": waiting,
                "vllm:kv_cache_usage_perc": kv, "vllm:generation_tokens_total": tokens,
                "vllm:request_prompt_tokens_sum": 5 * tokens,
                "vllm:request_prompt_tokens_count": tokens / 100,
                "vllm:request_generation_tokens_sum": tokens,
                "vllm:request_generation_tokens_count": tokens / 100,
            ])
    }

    mutating func snapshot(at seconds: Double) -> WatchSnapshot { ledger.snapshot(at: Self.at(seconds)) }
}

extension WatchSnapshot {
    var kinds: [String] { events.map(\.kind) }
}
