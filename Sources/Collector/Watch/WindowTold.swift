import Measure
import Telemetry

/// How a server and the GPUs of this machine stood at their newest readings: one end of a window.
struct TelemetryCut: Sendable {
    var server: ServerHistory.Point
    var gpus: GPUHistory.Point?

    var at: Moment { server.at }
}

/// What a server and its GPUs said of a window, between the readings nearest to its ends.
struct WindowTold: Sendable {
    var from: Moment
    var to: Moment
    var telemetry: LevelTelemetry
    /// Requests that ended there, and tokens where they are counted as they come.
    var ended: Double?
    var tokens: Double?
    /// Another process answered, or another replica: what was counted says nothing of others.
    var hasChanged: Bool

    var seconds: Double { (to - from).inSeconds }
}

extension WatchLedger {
    /// Whose readings these are, and how many requests are running or waiting by the newest of them; nil for what is
    /// nobody's server in this session.
    func look(of source: SourceID) -> (endpoint: EndpointID, at: Moment, out: Double?)? {
        guard let server = ledger(of: source), let endpoint = server.info.endpoint, let at = server.last?.at
        else { return nil }
        return (endpoint, at, server.out)
    }

    func endpoint(of source: SourceID) -> EndpointID? { ledger(of: source)?.info.endpoint }

    func cut(of endpoint: EndpointID) -> TelemetryCut? {
        ledger(of: endpoint)?.last.map { TelemetryCut(server: $0, gpus: gpus.own?.last) }
    }

    /// - Parameters:
    ///   - opening: the cut as the window opened; the other end is now.
    ///   - window: from its opening to its closing.
    /// - Returns: nil where there were no readings near its ends.
    func told(of endpoint: EndpointID, since opening: TelemetryCut, window: ClosedRange<Moment>)
        -> WindowTold?
    {
        guard let server = ledger(of: endpoint), let closing = cut(of: endpoint) else { return nil }
        let length = window.upperBound - window.lowerBound
        let slack = max(Self.leastSlack, Nanoseconds(Double(length) * Self.slackShare))
        guard abs(opening.at - window.lowerBound) <= slack, abs(closing.at - window.upperBound) <= slack,
            let figures = server.figures(from: opening.server, to: closing.server)
        else { return nil }
        var told = WindowTold(
            from: opening.at, to: closing.at, telemetry: LevelTelemetry(figures), ended: figures.ended,
            tokens: server.countsEachStep ? figures.generatedTokens : nil,
            hasChanged: server.hasChanged(since: opening.at))
        addEnergy(to: &told, server, figures, from: opening, to: closing)
        return told
    }

    /// A page that didn't come as a window opened is made up for by one that came shortly before or after.
    private static let leastSlack = 2 * Nanoseconds.second
    private static let slackShare = 0.1

    private func addEnergy(
        to told: inout WindowTold, _ server: ServerLedger, _ figures: ServerFigures,
        from opening: TelemetryCut,
        to closing: TelemetryCut
    ) {
        func fail(_ reason: NoEnergy) { told.telemetry.add(serving: [], energy: .failure(reason)) }
        guard server.info.localPort != nil else { return fail(.elsewhere) }
        guard let gpus = gpus.own, let start = opening.gpus, let end = closing.gpus, start.at < end.at else {
            return fail(.notMeasured)
        }
        guard abs(start.at - opening.at) <= GPUHistory.longestGap,
            abs(end.at - closing.at) <= GPUHistory.longestGap
        else { return fail(.gap) }
        let own = Set(gpus.service.byServer[server.id] ?? [])
        // Their readings lie up to a second off the server's: the power at the edges is taken to be that of the middle.
        let stretch = told.seconds / (end.at - start.at).inSeconds
        let serving = gpus.figures(from: start, to: end).filter { own.contains($0.index) }.map { gpu in
            var gpu = gpu
            if case .joules(let joules) = gpu.energy { gpu.energy = .joules(joules * stretch) }
            return gpu
        }
        told.telemetry.add(
            serving: serving,
            energy: gpus.service.joulesPerToken(
                of: (server.id, figures), gpus: serving, serverChanged: told.hasChanged))
    }
}
