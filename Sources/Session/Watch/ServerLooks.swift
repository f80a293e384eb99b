import Client
import Measure
import Synchronization
import Telemetry
import Wire

/// Looks at one server, each of them a reading, or why there is none. In bounded time and memory, whatever it sends.
actor ServerLooks {
    enum Outcome: Sendable {
        case server(Reading)
        /// It is the page of a GPU exporter.
        case gpus(Reading)
        case trouble(PageTrouble)

        var areGPUs: Bool { if case .gpus = self { true } else { false } }

        /// When its process began, in seconds since 1970; nil where it doesn't say.
        var start: Double? {
            guard case .server(let reading) = self,
                let place = reading.series.firstIndex(where: { $0.text == "process_start_time_seconds" })
            else { return nil }
            return reading.values[place]
        }

        /// Somebody is there.
        var isAnswer: Bool { if case .trouble(let trouble) = self { trouble.isAnswer } else { true } }
    }

    nonisolated let watched: WatchedAddress
    private let pages: ServerPages
    private let clock: any TimeSource
    private var reader: PageReader
    private var gpus: GPUReader
    /// Where the page is, once it was found.
    private var path: String?
    /// Nobody is asked before it is over, and what is said meanwhile.
    private var pause: (until: Moment, trouble: PageTrouble)?
    /// Pages in a row that were dear to make, to send and to read, and came to nothing.
    private var inVain = 0
    /// What the page is; nil: not known, or perhaps no longer so.
    private var kind: PageKind?

    /// Where there was no page, or one that nobody can read, nobody asks again sooner.
    private static let pause = 5 * Nanoseconds.second
    private static let longestPause = 60 * Nanoseconds.second
    private static let slotsPause = 60 * Nanoseconds.second
    /// The other page waits for them, and is not to be taken for gone.
    private static let slotsLimit = 2 * Nanoseconds.second

    private enum PageKind {
        case gpus
        case server
        /// It has one more page, of its slots, which isn't asked for before this moment.
        case llamacpp(slotsFrom: Moment)

        init(_ page: [UInt8]) {
            let lines = page.split(separator: UInt8(ascii: "\n"))
            func has(_ start: String) -> Bool { lines.contains { $0.starts(with: start.utf8) } }
            self = has(DCGMPage.isKnownBy) ? .gpus : has("llamacpp:") ? .llamacpp(slotsFrom: .zero) : .server
        }
    }

    init(_ watched: WatchedAddress, _ id: SourceID, settings: ClientSettings, clock: any TimeSource) {
        self.watched = watched
        self.clock = clock
        pages = ServerPages(watched.address, settings: settings)
        reader = PageReader(source: id, scrubber: pages.settings.scrubber)
        gpus = GPUReader(
            source: id, host: watched.isLoopback ? nil : watched.address.host,
            scrubber: pages.settings.scrubber)
    }

    /// How it is shown.
    var server: WatchedServer {
        get async { watched.server(isHere: await pages.isOnThisMachine) }
    }

    func close() async { await pages.close() }

    /// Not to be called while a look is under way.
    func look() async -> Outcome {
        if let pause, clock.now() < pause.until { return .trouble(pause.trouble) }
        var first: LookFailure?
        for path in path.map({ [$0] }) ?? watched.paths {
            switch await look(at: path) {
            case .success(let outcome):
                (self.path, pause, inVain) = (path, nil, 0)
                return outcome
            case .failure(let failure):
                first = first ?? failure
                if !failure.isElsewhere { return .trouble(rest(after: failure)) }
            }
        }
        // It is looked for everywhere then.
        path = nil
        return .trouble(rest(after: first ?? .page(.noMetrics)))
    }

    private func look(at path: String) async -> Result<Outcome, LookFailure> {
        let began = clock.now()
        do throws(LookFailure) {
            let bytes = try await fetch(path, within: PageIntake.longest)
            let at = clock.now()
            let kind = kind ?? PageKind(bytes)
            self.kind = kind
            let slots = await slotsPage()
            do throws(PageProblem) {
                if case .gpus = kind {
                    return .success(.gpus(gpus.read(try DCGMPage(bytes).fittingLook, at: at)))
                }
                return .success(.server(try reader.read(bytes, slots: slots, took: at - began, at: at)))
            } catch {
                throw .page(error)
            }
        } catch {
            // Another server may have come in its place.
            kind = nil
            return .failure(error)
        }
    }

    /// A page that costs much is asked for less and less often, and that is said.
    private func rest(after failure: LookFailure) -> PageTrouble {
        inVain = failure.isDear ? inVain + 1 : 0
        var trouble = failure.trouble
        guard failure.isLasting else { return trouble }
        let span = (1..<max(1, inVain)).reduce(Self.pause) { span, _ in min(2 * span, Self.longestPause) }
        if span > Self.pause { trouble.words = "\(trouble.words); asked every \(span / .second) s only" }
        pause = (clock.now() + span, trouble)
        return trouble
    }

    /// What each of llama.cpp's places is at; nil where it doesn't say.
    private func slotsPage() async -> [UInt8]? {
        guard case .llamacpp(let from)? = kind, clock.now() >= from else { return nil }
        if let page = try? await fetch(
            watched.root + "/slots", within: Self.slotsLimit, mostBytes: SlotsPage.mostBytes)
        {
            return page
        }
        kind = .llamacpp(slotsFrom: clock.now() + Self.slotsPause)
        return nil
    }

    private func fetch(
        _ path: String, within limit: Nanoseconds, mostBytes: Int = PageIntake.mostBytes
    ) async throws(LookFailure) -> [UInt8] {
        let limit = min(limit, pages.settings.requestTimeout)
        let intake = Mutex(PageIntake(at: clock.now(), mostBytes: mostBytes, longest: limit))
        do {
            let head = try await pages.get(path, within: limit) { [clock] part in
                try intake.withLock { try $0.take(part, at: clock.now()) }
            }
            guard head.coding == nil else { throw LookFailure.page(.compressed) }
        } catch let failure as LookFailure {
            throw failure
        } catch let problem as PageProblem {
            throw .page(problem)
        } catch let failure as RequestFailure {
            throw .request(failure, advice)
        } catch {
            throw .request(
                RequestFailure(kind: .other, message: Shown(own: "\(type(of: error))")), advice)
        }
        return intake.withLock { $0.bytes }
    }

    private var advice: LookAdvice {
        let address = watched.address
        return LookAdvice(
            key: pages.settings.keyAdvice,
            port: address.port == (address.usesTLS ? 443 : 80)
                ? "nobody listens at port \(address.port)" : nil,
            protocol: address.usesTLS
                ? "does this port speak HTTPS, and not plain http://?"
                : "does this port speak HTTP, and not https://?")
    }
}

/// What may be wrong on this side, where a server can't be talked to.
struct LookAdvice {
    var key: Shown
    /// Where the port is the scheme's own: perhaps nobody thought of it.
    var port: Shown?
    var `protocol`: Shown
}

/// Why a look brought nothing.
enum LookFailure: Error {
    case page(PageProblem)
    case request(RequestFailure, LookAdvice)

    /// Another place of the same server may have the page.
    var isElsewhere: Bool {
        switch self {
        case .page(.html), .page(.noMetrics), .page(.compressed), .page(.status): true
        case .page(.tooLarge), .page(.tooSlow), .page(.tooManySeries), .page(.tooManyGPUs), .page(.newSeries):
            false
        case .request(let failure, _): failure.status != nil && failure.kind != .unauthorized
        }
    }

    /// It was much that came in vain.
    var isDear: Bool {
        switch self {
        case .page(.tooLarge), .page(.tooManySeries), .page(.tooManyGPUs), .page(.newSeries): true
        case .page, .request: false
        }
    }

    /// It will be the same in a second.
    var isLasting: Bool {
        switch self {
        case .page: true
        case .request(let failure, _): failure.kind == .notFound
        }
    }

    var trouble: PageTrouble {
        switch self {
        case .page(let problem): PageTrouble(words: problem.words, isAnswer: true)
        case .request(let failure, let advice):
            PageTrouble(words: words(failure, advice), isAnswer: failure.status != nil)
        }
    }

    private func words(_ failure: RequestFailure, _ advice: LookAdvice) -> Shown {
        switch failure.kind {
        case .unauthorized: "\(failure.message); \(advice.key)"
        case .connectionRefused, .connectTimeout:
            advice.port.map { "\(failure.message): \($0); name another as in host:8000" } ?? failure.message
        case .notFound:
            "no metrics (\(failure.message)): SGLang has them with --enable-metrics, llama.cpp with --metrics"
        case _ where failure.status == 400:
            "\(failure.message); a llama.cpp of several models wants one named: …/metrics?model=NAME"
        case .malformed, .closedEarly, .connectionReset: "\(failure.message); \(advice.protocol)"
        default: failure.message
        }
    }
}
