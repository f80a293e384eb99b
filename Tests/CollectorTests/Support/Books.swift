import Measure

@testable import Collector

/// Milliseconds since the session began.
func at(_ milliseconds: Double) -> Moment { Moment(nanoseconds: .seconds(milliseconds / 1000)) }

let first = EndpointID(0)
let second = EndpointID(1)

let anySession = SessionInfo(
    started: WallAnchor(moment: .zero, unixNanoseconds: 0), version: "0", command: "sweep", options: [:],
    seed: 1, host: "here")

/// A ledger, and the batches and events that are written into it.
struct Books {
    var ledger: Ledger
    private(set) var results: [LevelResult] = []

    init(
        endpoints: Int = 1, loops: Int? = 1, settings: LedgerSettings = LedgerSettings(),
        templateCacheTokens: Int? = nil
    ) {
        ledger = Ledger(
            session: anySession, settings: settings,
            figures: loops == nil ? .recorded : .computed)
        if let loops {
            let load = SourceInfo(
                id: SourceID(0), name: "load", loops: (0..<loops).map { UInt16($0) })
            ledger.take(.event(.sourceJoined(load, at: .zero)))
        }
        for index in 0..<endpoints {
            let info = EndpointInfo(
                id: EndpointID(index), url: "http://host\(index)", label: "host\(index)", model: "m",
                dialect: "chat", templateCacheTokens: templateCacheTokens)
            ledger.take(.event(.endpointFound(info, at: .zero)))
        }
    }

    mutating func start(
        _ level: Int = 0, users: Int = 1, of endpoint: EndpointID = first,
        at moment: Moment = .zero
    ) {
        let start = LevelStart(endpoint: endpoint, level: level, load: .users(users), planned: nil)
        ledger.take(.event(.levelStarted(start, at: moment)))
    }

    mutating func open(_ level: Int = 0, of endpoint: EndpointID = first, at moment: Moment) {
        ledger.take(.event(.windowOpened(endpoint, level: level, at: moment)))
    }

    mutating func close(_ level: Int = 0, of endpoint: EndpointID = first, at moment: Moment) {
        ledger.take(.event(.windowClosed(endpoint, level: level, at: moment)))
        ledger.take(.event(.windowExplained(endpoint, level: level, WindowCircumstances(), at: moment)))
    }

    /// Delivers what an event loop saw up to `upTo`, and notes the levels that it made final.
    mutating func deliver(
        upTo: Moment, loop: Int = 0, _ streams: [Stream] = [], lags: [Nanoseconds] = [],
        activity: [LoopActivity] = []
    ) {
        var batch = SampleBatch(loop: UInt16(loop), upTo: upTo, timerLags: lags, activity: activity)
        batch.arrivals = streams.flatMap(\.arrivals).sorted { $0.at < $1.at }
        batch.requests = streams.compactMap(\.record).sorted { $0.end < $1.end }
        ledger.take(.batch(batch))
        results += ledger.finishLevels()
    }

    mutating func deliver(_ batch: SampleBatch) {
        ledger.take(.batch(batch))
        results += ledger.finishLevels()
    }

    /// The streams cut into batches of `period` each, as an event loop delivers them.
    mutating func deliver(
        _ streams: [Stream], every period: Nanoseconds, from start: Moment, to end: Moment
    ) {
        let arrivals = streams.flatMap(\.arrivals).sorted { $0.at < $1.at }
        let records = streams.compactMap(\.record).sorted { $0.end < $1.end }
        var cut = start
        while cut < end {
            let next = min(cut + period, end)
            ledger.take(
                .batch(
                    SampleBatch(
                        loop: 0, upTo: next, arrivals: arrivals.filter { cut <= $0.at && $0.at < next },
                        requests: records.filter { cut <= $0.end && $0.end < next })))
            results += ledger.finishLevels()
            cut = next
        }
    }

    /// One window over what a single event loop delivered.
    static func window(
        _ streams: [Stream], from start: Moment, to end: Moment, users: Int = 1,
        settings: LedgerSettings = LedgerSettings(), templateCacheTokens: Int? = nil
    ) -> LevelResult? {
        var books = Books(settings: settings, templateCacheTokens: templateCacheTokens)
        books.start(users: users)
        books.open(at: start)
        books.close(at: end)
        let last = streams.compactMap { $0.record?.end }.max() ?? end
        books.deliver(upTo: max(last, end) + 1, streams)
        return books.results.first
    }
}
