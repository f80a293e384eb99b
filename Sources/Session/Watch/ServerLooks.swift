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
    /// What the page is; nil: not known, or perhaps no longer so.
    private var kind: PageKind?

    /// Where there was no page, or one that nobody can read, nobody asks again sooner.
    private static let pause = 5 * Nanoseconds.second
    private static let slotsPause = 60 * Nanoseconds.second

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
                (self.path, pause) = (path, nil)
                return outcome
            case .failure(let failure):
                first = first ?? failure
                if !failure.isElsewhere { return .trouble(failure.trouble) }
            }
        }
        // It is looked for everywhere then.
        path = nil
        return .trouble((first ?? .page(.noMetrics)).trouble)
    }

    private func look(at path: String) async -> Result<Outcome, LookFailure> {
        let began = clock.now()
        do throws(LookFailure) {
            let bytes = try await fetch(path, within: PageIntake.longest)
            let at = clock.now()
            let kind = kind ?? PageKind(bytes)
            self.kind = kind
            if case .gpus = kind { return .success(.gpus(gpus.read(DCGMPage(bytes).look, at: at))) }
            let slots = await slotsPage()
            do throws(PageProblem) {
                return .success(.server(try reader.read(bytes, slots: slots, took: at - began, at: at)))
            } catch {
                throw .page(error)
            }
        } catch {
            // Another server may have come in its place.
            kind = nil
            if error.isLasting { pause = (clock.now() + Self.pause, error.trouble) }
            return .failure(error)
        }
    }

    /// What each of llama.cpp's places is at; nil where it doesn't say.
    private func slotsPage() async -> [UInt8]? {
        guard case .llamacpp(let from)? = kind, clock.now() >= from else { return nil }
        if let page = try? await fetch(watched.root + "/slots", within: PageIntake.longest) { return page }
        kind = .llamacpp(slotsFrom: clock.now() + Self.slotsPause)
        return nil
    }

    private func fetch(_ path: String, within limit: Nanoseconds) async throws(LookFailure) -> [UInt8] {
        let limit = min(limit, pages.settings.requestTimeout)
        let intake = Mutex(PageIntake(at: clock.now(), longest: limit))
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
            throw .request(failure, keyAdvice: pages.settings.keyAdvice)
        } catch {
            throw .request(
                RequestFailure(kind: .other, message: Shown(own: "\(type(of: error))")), keyAdvice: "")
        }
        return intake.withLock { $0.bytes }
    }
}

/// Why a look brought nothing.
enum LookFailure: Error {
    case page(PageProblem)
    case request(RequestFailure, keyAdvice: Shown)

    /// Another place of the same server may have the page.
    var isElsewhere: Bool {
        switch self {
        case .page(.html), .page(.noMetrics), .page(.compressed), .page(.status): true
        case .page(.tooLarge), .page(.tooSlow), .page(.tooManySeries): false
        case .request(let failure, _): failure.status != nil && failure.kind != .unauthorized
        }
    }

    /// It will be the same in a second, and may be dear.
    var isLasting: Bool {
        switch self {
        case .page: true
        case .request(let failure, _): failure.kind == .notFound
        }
    }

    var trouble: PageTrouble {
        switch self {
        case .page(let problem): PageTrouble(words: problem.words, isAnswer: true)
        case .request(let failure, let keyAdvice):
            PageTrouble(words: words(failure, keyAdvice), isAnswer: failure.status != nil)
        }
    }

    private func words(_ failure: RequestFailure, _ keyAdvice: Shown) -> Shown {
        switch failure.kind {
        case .unauthorized: "\(failure.message); \(keyAdvice)"
        case .notFound:
            "no metrics (\(failure.message)): SGLang has them with --enable-metrics, llama.cpp with --metrics"
        case .malformed, .closedEarly, .connectionReset: "\(failure.message); does this port speak HTTP?"
        default: failure.message
        }
    }
}
