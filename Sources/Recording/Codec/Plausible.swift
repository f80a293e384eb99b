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
    /// The same, on average or a second.
    static func rate(_ value: Double?) -> Bool { (0..<0x1p48).contains(value ?? 0) }

    /// When something in a session can have happened: charts and windows grow with the time that they span, so it
    /// is bounded by what a session can have lasted.
    static func span(of session: SessionInfo) -> ClosedRange<Moment> {
        let start = session.started.moment
        return start - 3_600 * .second...start + 400 * 86_400 * .second
    }

    /// More endpoints than any session has; each takes memory.
    static let mostEndpoints = 64

    /// Limits of a budget.
    static let mostLimits = 100

    /// More levels than anybody waits for; each takes memory, some 20 kB.
    static let mostLevels = 10_000

    /// More GPUs than any machine has.
    static let mostGPUs = 1_024

    /// More event loops than any session's sources have.
    static let mostLoops = 1_024

    /// A recording's words are as foreign as a server's.
    static func text(_ text: String) -> String { Printable.excerpt(text, limit: 4_096) }
}

extension ClosedRange<Moment> {
    fileprivate func holds(_ moments: Moment?...) -> Bool {
        moments.allSatisfy { moment in moment.map { contains($0) } ?? true }
    }
}

extension SampleBatch {
    func isPlausible(in span: ClosedRange<Moment>) -> Bool {
        span.contains(upTo) && arrivals.allSatisfy { span.contains($0.at) }
            && requests.allSatisfy {
                span.holds($0.intended, $0.sent, $0.end, $0.first, $0.last, $0.firstContent)
            }
    }
}

extension EndpointInfo {
    var harmless: EndpointInfo {
        var info = self
        info.label = Plausible.text(label)
        info.dialect = Plausible.text(dialect)
        info.capabilities = capabilities.prefix(100).map(Plausible.text)
        return info
    }
}

extension SessionInfo {
    var harmless: SessionInfo {
        var info = self
        info.version = Plausible.text(version)
        info.command = Plausible.text(command)
        info.host = Plausible.text(host)
        info.options = Dictionary(
            options.prefix(100).map { (Plausible.text($0.key), Plausible.text($0.value)) },
            uniquingKeysWith: { first, _ in first })
        return info
    }
}

extension ControlEvent {
    var harmless: ControlEvent {
        switch self {
        case .sessionStarted(let info): .sessionStarted(info.harmless)
        case .endpointFound(let info, let at): .endpointFound(info.harmless, at: at)
        case .endpointFailed(let id, let message, let at):
            .endpointFailed(id, message: Plausible.text(message), at: at)
        case .marked(let note, let at): .marked(note: Plausible.text(note), at: at)
        case .sourceJoined(let info, let at): .sourceJoined(info.harmless, at: at)
        case .serverSaid(let id, .loadLine(let line), let at):
            .serverSaid(id, .loadLine(line.harmless), at: at)
        default: self
        }
    }
}

extension SourceInfo {
    var harmless: SourceInfo {
        guard case .server(var server) = role else { return self }
        server.url = Plausible.text(server.url)
        server.label = Plausible.text(server.label)
        var info = self
        info.role = .server(server)
        return info
    }

    fileprivate var isPlausible: Bool {
        guard loops.count <= Plausible.mostLoops else { return false }
        guard case .server(let server) = role else { return true }
        return Plausible.amount(server.localPort)
            && server.endpoint.map { Int($0.index) < Plausible.mostEndpoints } ?? true
    }
}

extension RecordedLine {
    var harmless: RecordedLine {
        var line = self
        line.budget = Plausible.text(budget)
        line.url = Plausible.text(url)
        line.runID = Plausible.text(runID)
        return line
    }

    fileprivate var isPlausible: Bool {
        users > 0 && Plausible.amount(users) && Plausible.calendar(measured)
            && [tokensPerSecond, inputTokens, outputTokens].allSatisfy(Plausible.rate)
    }
}

extension WatchPlan {
    fileprivate var isPlausible: Bool {
        interval > 0 && [interval, duration ?? 0, canary ?? 0].allSatisfy { $0 >= 0 && Plausible.time($0) }
            && budget?.limits.count ?? 0 <= Plausible.mostLimits
    }
}

extension ServerNews {
    fileprivate var isPlausible: Bool {
        switch self {
        case .named, .trouble: true
        case .others(let load):
            [load.requestsPerSecond, load.requestsOut, load.tokensPerSecond].allSatisfy(Plausible.rate)
        case .loadLine(let line): line.isPlausible
        case .canary(let answer):
            [answer.ttft, answer.e2e, answer.connect].allSatisfy { Plausible.time($0 ?? 0) }
                && [
                    answer.promptTokens, answer.outputTokens, answer.beforehand?.requests ?? 0,
                    answer.beforehand?.tokens ?? 0,
                ].allSatisfy(Plausible.amount)
                && answer.tpot.map { $0.isFinite && $0 >= 0 } ?? true
        }
    }
}

extension GPUNews {
    fileprivate var isPlausible: Bool {
        switch self {
        case .trouble: true
        case .serving(let service):
            service.byServer.count <= ReadingDecoder.mostSources
                && (service.byServer.values + [service.foreign]).allSatisfy { gpus in
                    gpus.count <= Plausible.mostGPUs && gpus.allSatisfy((0..<Plausible.mostGPUs).contains)
                }
        }
    }
}

extension SessionInfo {
    var isPlausible: Bool {
        Plausible.time(started.moment) && Plausible.calendar(started.unixNanoseconds)
            && Plausible.amount(loops) && watch?.isPlausible ?? true
    }
}

extension ControlEvent {
    func isPlausible(in span: ClosedRange<Moment>) -> Bool {
        guard span.contains(at) else { return false }
        return switch self {
        case .endpointFound(let info, _):
            Int(info.id.index) < Plausible.mostEndpoints && Plausible.amount(info.templateCacheTokens)
        case .endpointFailed(let id, _, _): Int(id.index) < Plausible.mostEndpoints
        case .sessionStarted(let info): info.isPlausible
        case .sourceJoined(let info, _): info.isPlausible
        case .serverSaid(_, let news, _): news.isPlausible
        case .gpusSaid(_, let news, _): news.isPlausible
        case .levelStarted(let start, _):
            [start.level, start.load.users, start.planned].allSatisfy(Plausible.amount)
        case .usersChanged(_, let users, _): Plausible.amount(users)
        case .windowOpened(_, let level, _, let cpu), .windowClosed(_, let level, _, let cpu):
            Plausible.amount(level) && Plausible.time(cpu ?? 0)
        case .windowExplained(_, let level, _, _): Plausible.amount(level)
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
    func isPlausible(in span: ClosedRange<Moment>) -> Bool {
        span.contains(windowStart) && span.contains(windowEnd) && windowStart <= windowEnd
            && [
                level, load.users, completed, failed, inputTokens, outputTokens, cachedTokens, inputsSaid,
                cachedSaid, bufferedAnswers, refusedCounts,
            ].allSatisfy(Plausible.amount)
            && failures.values.allSatisfy(Plausible.amount) && Plausible.time(stoodStill ?? 0)
            && Plausible.time(hung ?? 0) && findings.count <= Plausible.mostLimits
            && findings.allSatisfy {
                Plausible.amount($0.evidence.samples) && Plausible.amount($0.evidence.beyond)
            }
            && [ttft, tpot, itl, e2e, connect, tail].allSatisfy {
                Plausible.amount($0.count) && $0.bins.counts.count == LogBins.count
            }
    }
}
