import Collector
import Measure
import Recording
import Synchronization

/// A soak test's figures over time: books like the session's own, whose windows last a slice each.
///
/// A slice ends where a batch did, and the next begins when all that belongs to it has come in: a tenth of a second or
/// two lies between them, which is the whole window's and no slice's.
final class OverTime: EntrySink {
    fileprivate struct Slice {
        var start: LevelStart
        var opened: Moment?
        /// It has ended; `isLast`: the window has, too.
        var isClosed = false
        var isLast = false
    }

    fileprivate struct State {
        var ledger: Ledger
        var current: [EndpointID: Slice] = [:]
        var finished: [LevelResult] = []
    }

    private let state: Mutex<State>
    private let length: Nanoseconds
    /// Slices as they become final.
    let news: AsyncStream<LevelResult>
    private let teller: AsyncStream<LevelResult>.Continuation

    /// nil where the session is no soak test.
    init?(_ session: SessionInfo) {
        guard let plan = session.plan, let length = plan.sweep.soakSlice, length > 0 else { return nil }
        self.length = length
        state = Mutex(
            State(ledger: Ledger(session: session, settings: LedgerSettings(trust: TrustContext(of: plan)))))
        (news, teller) = AsyncStream.makeStream(of: LevelResult.self)
    }

    var slices: [LevelResult] { state.withLock { $0.finished } }

    /// Of a recording, as far as it can be read; none where it isn't one of a soak test.
    static func slices(of reader: RecordingReader) -> [LevelResult] {
        guard let overTime = OverTime(reader.session) else { return [] }
        var entries = reader.entries()
        while let entry = try? entries.next() { overTime.take(entry) }
        return overTime.slices
    }

    /// There will be no more.
    func end() { teller.finish() }

    func take(_ entry: SessionEntry) {
        state.withLock { state in
            switch entry {
            case .event(.levelStarted(let start, _)): state.begin(with: start)
            case .event(.windowOpened(let endpoint, _, let at, _)): state.open(endpoint, at: at)
            case .event(.windowClosed(let endpoint, _, let at, _)):
                state.close(endpoint, at: at, isLast: true)
            case .event(.windowExplained), .result: break
            default: state.ledger.take(entry)
            }
            for slice in state.turn(after: length) { teller.yield(slice) }
        }
    }
}

extension OverTime.State {
    fileprivate mutating func begin(with start: LevelStart) {
        current[start.endpoint] = OverTime.Slice(start: start)
    }

    /// As a level of its own, by its number.
    fileprivate mutating func open(_ endpoint: EndpointID, at moment: Moment) {
        guard var slice = current[endpoint] else { return }
        slice.start.level = finished.count { $0.endpoint == endpoint }
        (slice.opened, slice.isClosed) = (moment, false)
        current[endpoint] = slice
        ledger.take(.event(.levelStarted(slice.start, at: moment)))
        ledger.take(.event(.windowOpened(endpoint, level: slice.start.level, at: moment)))
    }

    fileprivate mutating func close(_ endpoint: EndpointID, at moment: Moment, isLast: Bool) {
        guard var slice = current[endpoint], slice.opened != nil else { return }
        slice.isLast = slice.isLast || isLast
        defer { current[endpoint] = slice }
        guard !slice.isClosed else { return }
        slice.isClosed = true
        let level = slice.start.level
        ledger.take(.event(.windowClosed(endpoint, level: level, at: moment)))
        ledger.take(.event(.windowExplained(endpoint, level: level, WindowCircumstances(), at: moment)))
    }

    /// Ends the slices that are as long as they are to be, and begins the next where one's figures are final.
    fileprivate mutating func turn(after length: Nanoseconds) -> [LevelResult] {
        let now = ledger.highWater + 1
        for (endpoint, slice) in current {
            guard let opened = slice.opened, !slice.isClosed, now - opened >= length else { continue }
            close(endpoint, at: now, isLast: false)
        }
        let new = ledger.finishLevels().filter { $0.windowEnd > $0.windowStart }
        for result in new {
            // What is left over at the end is too short to say anything.
            if result.windowEnd - result.windowStart >= length / 10 { finished.append(result) }
            if current[result.endpoint]?.isLast == false {
                open(result.endpoint, at: now)
            } else {
                current[result.endpoint] = nil
            }
        }
        return new.filter { $0.windowEnd - $0.windowStart >= length / 10 }
    }
}
