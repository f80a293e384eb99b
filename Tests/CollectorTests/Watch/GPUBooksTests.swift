import Measure
import Testing

@testable import Collector

/// Several that tell of GPUs.
@Suite struct GPUBooksTests {
    private static func info(_ gpu: Int, uuid: String, host: String? = nil) -> String {
        let host = host.map { ",host=\"\($0)\"" } ?? ""
        return "gpu_info{gpu=\"\(gpu)\",name=\"H100\",uuid=\"\(uuid)\"\(host)}"
    }

    private static func watts(_ gpu: Int) -> String { "gpu_power_watts{gpu=\"\(gpu)\"}" }

    /// This machine's driver, its own exporter, and one elsewhere; the exporters joined first.
    private static func books(seconds: ClosedRange<Int> = 0...70, drivers: ClosedRange<Int>? = nil)
        -> WatchBooks
    {
        var books = WatchBooks()
        books.join(0, WatchBooks.role(8000))
        books.join(1, .gpus, name: "GPUs of :9400")
        books.join(2, .gpus, name: "GPUs of gpu02:9400")
        books.join(3, .gpus, name: SourceInfo.ownGPUs)
        books.say(3, .serving(GPUService(byServer: [SourceID(0): [0]], foreign: [1])), at: 0)
        for second in seconds {
            let at = Double(second)
            books.serve(0, at: at)
            if (drivers ?? seconds).contains(second) {
                books.read(
                    3, at: at + 0.1,
                    [info(0, uuid: "A"): 1, watts(0): 500, info(1, uuid: "B"): 1, watts(1): 90])
            }
            books.read(1, at: at + 0.2, [info(0, uuid: "A"): 1, watts(0): 499])
            books.read(
                2, at: at + 0.3,
                [
                    info(0, uuid: "C", host: "gpu02"): 1, watts(0): 600,
                    "gpu_thermal_violation_seconds_total{gpu=\"0\"}": second > 40 ? at - 40 : 0,
                ])
        }
        return books
    }

    @Test func allAreThereAndEachOnce() throws {
        var books = Self.books()
        let watch = books.snapshot(at: 70.5)
        let gpus = try #require(watch.gpus)
        #expect(gpus.scrape.map(\.uuid) == ["A", "B", "C"] && gpus.scrape.map(\.watts) == [500, 90, 600])
        #expect(gpus.scrape.map(\.host) == ["here", "here", "gpu02"])
        #expect(
            gpus.scrape.map(\.source.index) == [3, 3, 2] && gpus.minute.map(\.id) == gpus.scrape.map(\.id))
        #expect(gpus.sources.map(\.id.index) == [3, 1, 2] && gpus.trouble == nil)
        // The same number is another card elsewhere.
        #expect(gpus.scrape.map(watch.servers[0].isServed) == [true, false, false])
        #expect(gpus.scrape.map(gpus.isForeign) == [false, true, false])
        #expect(watch.servers[0].joulesPerToken == .success(5))
    }

    @Test func whatIsWrongSaysWhere() throws {
        var books = Self.books()
        let watch = books.snapshot(at: 70.5)
        #expect(watch.gpus?.findings.map(\.name) == ["gpu02 GPU0"])
        let event = try #require(watch.events.first { $0.kind == "gpu-hot" })
        #expect(event.source == SourceID(2) && event.text.text.hasPrefix("gpu02 GPU0 too hot"))
        books.say(2, .trouble("connection refused"), at: 71)
        let trouble = books.snapshot(at: 71.5)
        #expect(trouble.gpus?.trouble == "GPUs of gpu02:9400: connection refused")
        #expect(trouble.events.last?.text == "GPUs of gpu02:9400: connection refused")
    }

    /// A driver that hangs: who else knows the card tells of it.
    @Test func oneThatFallsSilent() {
        var books = Self.books(drivers: 0...60)
        let gpus = books.snapshot(at: 70.5).gpus
        #expect(gpus?.scrape.map(\.watts) == [90, 499, 600])
        #expect(gpus?.sources.map { $0.lastReading.map { $0 < WatchBooks.at(65) } } == [true, false, false])
    }

    @Test func thePastOfAll() {
        var books = Self.books()
        let past = books.snapshot(at: 70.5).gpus?.past
        #expect(past?.figures(overLast: 10 * .second, at: WatchBooks.at(30)).map(\.watts) == [500, 90, 600])
        let course = past?.course(since: WatchBooks.at(60)) ?? []
        #expect(course.count >= 30 && zip(course, course.dropFirst()).allSatisfy { $0.at <= $1.at })
    }

    /// Before and after it told something.
    @Test func thePastOfOneThatTellsNoMore() {
        var books = Self.books(seconds: 10...400, drivers: 10...100)
        let past = books.snapshot(at: 400.5).gpus?.past
        func watts(_ second: Double) -> [Double?] {
            past?.figures(overLast: 10 * .second, at: WatchBooks.at(second)).map(\.watts) ?? []
        }
        #expect(watts(50) == [500, 90, 600] && watts(300) == [499, 600] && watts(5) == [])
    }

    /// A page at the same address, again.
    @Test func theSameGPUsAgain() {
        var books = WatchBooks()
        books.join(1, .gpus, name: "GPUs of :9400")
        for second in 0...2 { books.read(1, at: Double(second), [Self.watts(0): 7]) }
        books.leave(1, at: 3)
        #expect(books.snapshot(at: 3).gpus?.scrape.isEmpty == true)
        books.join(2, .gpus, at: 4, name: "GPUs of :9400")
        books.read(2, at: 4, [Self.watts(0): 9])
        let gpus = books.snapshot(at: 4).gpus
        #expect(gpus?.scrape.map(\.watts) == [9] && gpus?.sources.count == 1)
        #expect(gpus?.past.course(since: .zero).count == 3)
    }

    @Test func boundedInAll() {
        var books = WatchBooks()
        for source in 1...200 { books.join(source, .gpus, name: "GPUs of \(source)") }
        for source in 1...200 {
            let page = (0..<4).map { Self.watts($0) }
            for second in 0...1 {
                books.take(
                    .reading(
                        Reading(
                            source: SourceID(source), at: WatchBooks.at(Double(second)),
                            series: page.map { Shown(own: $0) }, values: page.map { _ in 1 })))
            }
        }
        #expect(books.snapshot(at: 2).gpus?.scrape.count == 256)
    }
}
