import Canvas
import Charts
import Measure

/// What there is to say of one endpoint, the most needed first.
struct FullBlocks {
    private let server: ServerSnapshot
    private let view: ServerView?
    private let scene: WatchScene

    init(_ server: ServerSnapshot, _ scene: WatchScene) {
        self.server = server
        view = server.view
        self.scene = scene
    }

    var all: [FullBlock] {
        [findings, latencies, load, loadLine, tokens, ends, speculation, engines, gpus, canaries]
            .filter { !$0.lines.isEmpty }
    }

    private var findings: FullBlock {
        var lines: [FullBlock.Line] = []
        if let words = server.statusWords(scene) {
            lines.append(.init(name: words, text: "", role: .bad, isSentence: true))
        }
        for finding in server.findings {
            lines.append(
                .init(
                    name: scene.clock(finding.since), text: finding.sentence.text,
                    role: finding.diagnosis.weight.role, isSentence: true))
            lines.append(
                .init(
                    name: "  usually:", text: finding.diagnosis.usualCause.text, role: .inactive,
                    isSentence: true))
        }
        return FullBlock(title: "what stands against it", lines: lines)
    }

    /// All of them over the last minute, and how the whole session was.
    private var latencies: FullBlock {
        let figures: [(String, (ServerFigures) -> LatencyFigures?)] = [
            ("TTFT", { $0.ttft }), ("  queue", { $0.queue }), ("  prefill", { $0.prefill }),
            ("TPOT", { $0.tpot }), ("ITL", { $0.itl }), ("decode", { $0.decode }), ("E2E", { $0.e2e }),
        ]
        var lines: [FullBlock.Line] = []
        for (name, figure) in figures {
            guard let latency = view.flatMap({ figure($0.minute) }) else { continue }
            lines.append(.init(name: name.padding(to: 9), text: Self.row(latency)))
        }
        if let minute = view?.minute, let split = minute.firstTokenSplit {
            lines.append(.init(name: minute.slownessWords, text: "", isSentence: true))
            lines.append(.init(name: "  means:", text: split.text, isSentence: true))
        }
        for attainment in server.facts?.attainments ?? [] {
            lines.append(
                .init(
                    name: attainment.limit.name, text: attainment.text(scene.glyphs),
                    role: attainment.verdict.role))
        }
        if let session = server.session?.ttft {
            lines.append(.init(name: "TTFT, session", text: Self.row(session)))
        }
        if let session = server.session?.perToken {
            lines.append(.init(name: "TPOT, session", text: Self.row(session)))
        }
        if lines.isEmpty { return FullBlock(title: "", lines: []) }
        return FullBlock(title: "latencies, last minute: mean, ~p50, ~p95, ~p99, answers", lines: lines)
    }

    private static func row(_ latency: LatencyFigures) -> String {
        let texts =
            [Format.duration(latency.mean)]
            + [Percentile.p50, .p95, .p99].map { Format.quantile(latency.quantile($0)) }
        return texts.map { $0.padded(to: 8) }.joined() + Format.count(latency.count.rounded()).padded(to: 7)
    }

    private var load: FullBlock {
        guard let view else { return FullBlock(title: "", lines: []) }
        let now = view.now
        var lines = [FullBlock.Line(name: "running", text: Format.grouped(now.running))]
        var waiting = Format.grouped(now.waiting)
        let reasons = [("capacity", now.waitingForCapacity), ("other things", now.waitingForOthers)]
            .filter { $0.1 != nil }.map { "\(Format.grouped($0.1)) for \($0.0)" }
        if !reasons.isEmpty { waiting += " (\(reasons.joined(separator: ", ")))" }
        lines.append(.init(name: "waiting", text: waiting))
        add("mean over the last minute", Format.rate(view.minute.meanLoad), view.minute.meanLoad, to: &lines)
        add(
            "most waiting in it", Format.grouped(view.minute.peakWaiting), view.minute.peakWaiting, to: &lines
        )
        add("computed together, mean", Format.rate(view.minute.meanBatch), view.minute.meanBatch, to: &lines)
        lines.append(.init(name: "KV cache", text: Format.wholePercent(now.kvUsage)))
        add("KV cache, tokens", Format.grouped(now.kvCapacityTokens), now.kvCapacityTokens, to: &lines)
        add(
            "its own guess: requests of full length", Format.rate(now.ownConcurrencyGuess),
            now.ownConcurrencyGuess, to: &lines)
        if now.isAsleep == true { lines.append(.init(name: "asleep", text: "", role: .warn)) }
        return FullBlock(title: "load, now", lines: lines)
    }

    private func add(_ name: String, _ text: String, _ value: Double?, to lines: inout [FullBlock.Line]) {
        if value != nil { lines.append(.init(name: name, text: text)) }
    }

    private var loadLine: FullBlock {
        guard let beside = server.loadLine else { return FullBlock(title: "", lines: []) }
        let line = beside.line
        func lengths(_ input: Double?, _ output: Double?) -> String {
            "\(Format.grouped(input)) in \(Format.grouped(output)) out"
        }
        return FullBlock(
            title: "load line",
            lines: [
                .init(
                    name: "users", text: (line.isLowerBound ? "≥ " : "") + Format.grouped(line.users),
                    role: .loadLine),
                .init(
                    name: "of it used", text: Format.wholePercent(beside.share),
                    role: beside.share ?? 0 > 1 ? .warn : .foreground),
                .init(
                    name: "measured", text: Format.day(line.measured, at: scene.unix(scene.snapshot.at))
                ),
                .init(
                    name: "of",
                    text: line.isOfSameURL ? "this endpoint" : "its like: \(Harmless.text(line.url))"),
                .init(name: "budget", text: Harmless.text(line.budget, limit: 60)),
                .init(name: "tokens/s there", text: Format.speed(line.tokensPerSecond)),
                .init(name: "lengths there", text: lengths(line.inputTokens, line.outputTokens)),
                .init(name: "lengths now", text: lengths(beside.inputTokens, beside.outputTokens)),
            ])
    }

    private var tokens: FullBlock {
        guard let minute = view?.minute else { return FullBlock(title: "", lines: []) }
        var lines = [
            FullBlock.Line(name: "written", text: Format.speed(minute.generationTokensPerSecond)),
            FullBlock.Line(name: "prompts", text: Format.speed(minute.promptTokensPerSecond)),
        ]
        add(
            "  computed", Format.speed(minute.computedTokensPerSecond), minute.computedTokensPerSecond,
            to: &lines)
        add(
            "  from a cache", Format.speed(minute.cachedTokensPerSecond), minute.cachedTokensPerSecond,
            to: &lines)
        lines.append(.init(name: "prefix-cache hits", text: Format.wholePercent(minute.prefixHitRate)))
        for (name, length) in [("prompt", minute.promptLength), ("answer", minute.generationLength)] {
            guard let length else { continue }
            let quantiles = [Percentile.p50, .p95].map { percentile -> String in
                guard let quantile = length.quantile(percentile) else { return Format.unknown }
                return (quantile.isAtLeast ? "≥" : "~") + Format.grouped(quantile.value)
            }
            lines.append(
                .init(
                    name: "\(name) length: mean, p50, p95",
                    text: ([Format.grouped(length.mean)] + quantiles).joined(separator: "  ")))
        }
        return FullBlock(title: "tokens a second, last minute", lines: lines)
    }

    private var ends: FullBlock {
        guard let minute = view?.minute else { return FullBlock(title: "", lines: []) }
        var lines = [FullBlock.Line(name: "requests a second", text: Format.rate(minute.requestsPerSecond))]
        for finish in (minute.finished ?? []).filter({ $0.count > 0 }).prefix(6) {
            lines.append(
                .init(
                    name: "  \(Harmless.text(finish.reason.text, limit: 30))",
                    text: Format.grouped(finish.count)))
        }
        lines.append(.init(name: "errors", text: Format.percent(minute.errorShare)))
        add(
            "client's own errors a second", Format.rate(minute.clientErrorsPerSecond),
            minute.clientErrorsPerSecond, to: &lines)
        add(
            "turned away a second", Format.rate(minute.rejectionsPerSecond), minute.rejectionsPerSecond,
            to: &lines)
        add(
            "preemptions a minute", Format.rate(minute.preemptionsPerSecond.map { $0 * 60 }),
            minute.preemptionsPerSecond, to: &lines)
        add(
            "failed KV transfers a second", Format.rate(minute.failedTransfersPerSecond),
            minute.failedTransfersPerSecond, to: &lines)
        return FullBlock(title: "how requests ended, last minute", lines: lines)
    }

    private var speculation: FullBlock {
        guard let speculation = view?.minute.speculation else { return FullBlock(title: "", lines: []) }
        var lines = [
            FullBlock.Line(
                name: "drafted tokens accepted", text: Format.wholePercent(speculation.acceptance)),
            FullBlock.Line(name: "tokens a step", text: Format.rate(speculation.length)),
        ]
        for (place, share) in speculation.byPosition.prefix(8).enumerated() {
            lines.append(
                .init(
                    name: "  position \(place + 1)",
                    text:
                        "\(ServersTable.bar(share, columns: 10, .braille)) \(Format.wholePercent(share).padded(to: 5))"
                ))
        }
        return FullBlock(title: "speculation, last minute", lines: lines)
    }

    private var engines: FullBlock {
        guard server.engines.count > 1 else { return FullBlock(title: "", lines: []) }
        return FullBlock(
            title: "engines: run, wait, KV, TTFT p95, TPOT p95, out/s",
            lines: server.engines.enumerated().map { place, engine in
                let view = engine.view
                let isApart = server.facts?.apart.contains { $0.place == place } ?? false
                let texts = [
                    Format.grouped(view.now.running).padded(to: 5),
                    Format.grouped(view.now.waiting).padded(to: 5),
                    Format.wholePercent(view.now.kvUsage).padded(to: 6),
                    Format.quantile(view.minute.ttft?.quantile(.p95)).padded(to: 9),
                    Format.quantile(view.minute.perToken?.quantile(.p95)).padded(to: 8),
                    Format.speed(view.minute.generationTokensPerSecond).padded(to: 7),
                ]
                return FullBlock.Line(
                    name: "\(isApart ? "! " : "  ")\(Harmless.text(engine.name.text, limit: 16))",
                    text: texts.joined(), role: isApart ? .warn : .foreground)
            })
    }

    private var gpus: FullBlock {
        guard let gpus = scene.watch.gpus else { return FullBlock(title: "", lines: []) }
        let served = server.gpus.map { _ in
            gpus.scrape.filter(server.isServed).map { "\($0.number)" }.joined(separator: ", ")
        }
        return FullBlock(
            title: "energy, boards only",
            lines: [
                .init(name: "GPUs that serve it", text: served ?? "can't be seen"),
                .init(name: "a token, last minute", text: server.energyText),
            ])
    }

    private var canaries: FullBlock {
        let seen = scene.canaries(of: server)
        guard !seen.isEmpty else { return FullBlock(title: "", lines: []) }
        let lines = seen.suffix(6).reversed().map { canary in
            FullBlock.Line(
                name: scene.clock(canary.at), text: canary.answer.words,
                role: canary.answer.failure == nil ? .foreground : .bad)
        }
        return FullBlock(title: "canaries, as a client meets it: \(server.canaryCount.words)", lines: lines)
    }
}

extension String {
    /// Blanks at the right.
    fileprivate func padding(to columns: Int) -> String {
        self + String(repeating: " ", count: max(0, columns - TextWidth.columns(of: self)))
    }
}
