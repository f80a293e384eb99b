import Canvas
import Charts
import Measure
import Testing

@testable import Dashboard

@Suite struct WatchRobustnessTests {
    static let sizes = [
        (0, 0), (1, 1), (39, 10), (40, 10), (50, 15), (80, 24), (120, 40), (200, 20), (400, 100),
    ]
    static let keys: [[Key]] = [
        [], [.character("?")], [.character("?"), .tab], [.left], [.left, .left, .right], [.down], [.enter],
        [.character("1")], [.character("2")], [.character("3")], [.character("4")], [.character("5")],
        [.character("6")], [.character("b")], [.character("a")], [.character("s")], [.character("[")],
        [.character("]"), .character("]")], [.character("/"), .character("x")], [.character(" ")],
        [.pageDown], [.enter, .pageDown],
    ]

    static var snapshots: [Snapshot] {
        [
            WatchFixture.several, WatchFixture.ragged, WatchFixture.none, WatchFixture.idle,
            WatchFixture.gone,
            WatchFixture.alone, WatchFixture.early(readings: 1),
        ]
    }

    @Test func everyKeyWorksOnEverySnapshotAtEverySize() {
        for snapshot in Self.snapshots + [hostile] {
            for keys in Self.keys {
                for (width, height) in Self.sizes {
                    var dashboard = WatchFixture.dashboard()
                    for key in keys { _ = dashboard.handle(key, snapshot: snapshot, now: snapshot.at) }
                    let canvas = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
                    #expect(canvas.width == width && canvas.height == height)
                }
            }
        }
    }

    @Test func everySizeDraws() {
        for snapshot in [WatchFixture.several, WatchFixture.many] {
            for height in stride(from: 10, through: 100, by: 9) {
                for width in stride(from: 40, through: 400, by: 31) {
                    var dashboard = WatchFixture.dashboard()
                    let canvas = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
                    #expect(canvas.text.contains("quit"), "\(width)×\(height)")
                }
            }
        }
    }

    @Test func panelsNeitherOverlapNorEscape() {
        for snapshot in [WatchFixture.several, WatchFixture.many, WatchFixture.none, WatchFixture.alone] {
            for height in 10...100 {
                for width in stride(from: 40, through: 400, by: 13) {
                    let panels = WatchLayout(snapshot.watch, alone: nil, isOpen: false)
                        .panels(width: width, height: height)
                    var covered = 0
                    for rect in panels.values {
                        #expect(!rect.isEmpty && rect.maxX <= width && rect.maxY <= height)
                        covered += rect.width * rect.height
                    }
                    // As much as there is, at most once: rows that nobody wants lie at the end.
                    #expect(covered % width == 0 && covered <= width * height)
                    #expect(panels[.servers] != nil && panels[.status] != nil && panels[.footer] != nil)
                }
            }
        }
    }

    @Test func nothingTrapsOnNumbersThatAreNone() {
        for value in [Double.nan, .infinity, -.infinity, -1, 1e300, .leastNonzeroMagnitude] {
            var story = WatchFixture.Story()
            story.running = { _ in value }
            story.waiting = { _ in value }
            story.kv = { _ in value }
            story.hit = { _ in value }
            story.preemptions = { _ in value }
            story.output = value
            story.input = value
            story.acceptance = value
            story.errors = value
            story.answers = 3
            var server = WatchFixture.server(0, ":8000", story, seconds: 200, engines: ["0", "1"])
            server.joulesPerToken = .success(value)
            server.facts?.scrape.kvCapacityTokens = value
            for bounds in [[value], [1e6, value], [value, .infinity], []] {
                let odd = LatencyFigures(
                    count: value, mean: value,
                    buckets: BucketCounts(
                        bounds: bounds, counts: Array(repeating: value, count: bounds.count)))
                server.facts?.minute.ttft = odd
                server.facts?.minute.queue = odd
                server.facts?.minute.prefill = odd
                server.session?.ttft = odd
                server.loadLine = LineBeside(
                    line: WatchFixture.line(users: .max, input: value, output: value), load: value,
                    inputTokens: value, outputTokens: value)
                var gpu = WatchFixture.gpu(.max, watts: value, celsius: value, capped: value)
                gpu.memoryTotal = value
                gpu.utilisation = value
                let snapshot = WatchFixture.snapshot([server], seconds: 200, gpus: [gpu])
                for keys in Self.keys {
                    var dashboard = WatchFixture.dashboard()
                    for key in keys { _ = dashboard.handle(key, snapshot: snapshot, now: snapshot.at) }
                    for (width, height) in [(40, 10), (80, 24), (120, 40)] {
                        _ = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
                    }
                }
            }
        }
    }

    /// Names that a hostile server, or the list of arguments of a process, might have.
    private var hostile: Snapshot {
        let evil = "\u{1B}[31m\u{1B}]0;owned\u{7}\u{202E}gpu\u{9B}2J漢字漢字\u{301}\u{200B}\n\t\u{0}😀x"
        var snapshot = WatchFixture.several
        for index in snapshot.watch.servers.indices {
            snapshot.watch.servers[index].info.label = evil
            snapshot.watch.servers[index].info.url = evil
            snapshot.watch.servers[index].model = Shown(own: evil + evil)
            snapshot.watch.servers[index].server = Shown(own: evil)
        }
        snapshot.watch.servers[1].status = .trouble(
            PageTrouble(words: Shown(own: evil), isAnswer: true), since: snapshot.at)
        snapshot.watch.gpus?.scrape[0].name = Shown(own: evil)
        snapshot.watch.events.append(
            WatchEvent(at: snapshot.at, source: SourceID(0), kind: evil, weight: .red, text: Shown(own: evil))
        )
        snapshot.session.host = evil
        return snapshot
    }

    @Test func hostileNamesBreakNoFrame() {
        let snapshot = hostile
        for (width, height) in [(80, 24), (120, 40), (200, 60)] {
            var dashboard = WatchFixture.dashboard()
            let canvas = dashboard.draw(snapshot, width: width, height: height, now: snapshot.at)
            for cell in canvas.cells {
                #expect(
                    ![.control, .format, .nonspacingMark].contains(cell.scalar.properties.generalCategory))
            }
            let panels = dashboard.watchShell.screen.layout((width, height), snapshot, maximised: nil)
            for panel in [PanelKind.servers, .gpus] {
                guard let rect = panels[panel] else { continue }
                for y in (rect.y + 1)..<(rect.maxY - 1) {
                    #expect(canvas[rect.x, y].scalar == "│" && canvas[rect.maxX - 1, y].scalar == "│")
                }
            }
        }
    }

    @Test func asciiIsASCII() {
        for snapshot in Self.snapshots + [hostile] {
            for keys in Self.keys {
                var dashboard = WatchFixture.dashboard(glyphs: .ascii)
                for key in keys { _ = dashboard.handle(key, snapshot: snapshot, now: snapshot.at) }
                let canvas = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at)
                #expect(canvas.cells.first { $0.scalar.value > 0x7E || $0.isContinuation } == nil)
            }
        }
    }

    /// A colour on a blank cell costs bytes and shows nothing.
    @Test func blankCellsHaveNoColour() {
        for snapshot in [WatchFixture.several, WatchFixture.ragged] {
            var dashboard = WatchFixture.dashboard()
            let canvas = dashboard.draw(snapshot, width: 120, height: 40, now: snapshot.at)
            #expect(
                canvas.cells.allSatisfy {
                    $0.scalar != " " || $0.style.background != .terminal || $0.style.foreground == .terminal
                        || !$0.style.attributes.isEmpty
                })
        }
    }
}
