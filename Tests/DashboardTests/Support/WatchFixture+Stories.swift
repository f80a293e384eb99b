import Canvas
import Measure

@testable import Dashboard

extension WatchFixture {
    /// As the sketch has it: one in trouble, one under load, one well, one that tells little; sixteen minutes in.
    static let seconds = 1_052

    static var trouble: Story {
        var story = Story(model: "qwen-32b")
        story.running = { second in min(64, 40 + Double(second) / 40) }
        story.waiting = { second in second < 700 ? 0 : Double(second - 700) / 9.5 }
        story.kv = { second in min(0.97, 0.55 + Double(second) / 2_400) }
        story.ttft = { second in second < 700 ? 0.2 : 0.2 * (1 + Double(second - 700) / 60) }
        story.queue = { second in second < 700 ? 0.02 : 0.2 * Double(second - 700) / 66 }
        story.tpot = { second in 0.04 + Double(second) / 22_000 }
        story.hit = { second in 0.5 - Double(second) / 3_800 }
        story.preemptions = { second in second < 900 ? 0 : 11.0 / 60 }
        story.output = 1_204
        story.input = 4_000
        story.errors = 0.02
        return story
    }

    static var loaded: Story {
        var story = Story(kind: .sglang)
        story.running = { _ in 38 }
        story.waiting = { second in second % 7 < 3 ? 2 : 0 }
        story.kv = { _ in 0.81 }
        story.hit = { _ in 0.58 }
        story.output = 1_811
        return story
    }

    static var well: Story {
        var story = Story()
        story.running = { second in 41 + Double(second % 5) }
        story.acceptance = 0.72
        return story
    }

    /// llama.cpp has no histograms.
    static var little: Story {
        var story = Story(kind: .llamacpp, model: "gemma-4b")
        story.running = { _ in 2 }
        story.kv = { _ in nil }
        story.output = 88
        story.input = 310
        story.ttft = { _ in nil }
        story.tpot = { _ in nil }
        story.hit = { _ in nil }
        story.preemptions = { _ in nil }
        return story
    }

    static var several: Snapshot {
        var servers = [
            server(0, ":8000", well, seconds: seconds), server(1, ":8001", loaded, seconds: seconds),
            server(2, ":8002", trouble, seconds: seconds), server(3, ":8003", little, seconds: seconds),
        ]
        servers[0].loadLine = LineBeside(
            line: line(users: 64), load: 46, inputTokens: 1_480, outputTokens: 262)
        servers[2].loadLine = LineBeside(
            line: line(users: 48), load: 101, inputTokens: 1_480, outputTokens: 262)
        servers[1].loadLine = LineBeside(
            line: line(users: 96, input: 128), load: 40, inputTokens: 1_480, outputTokens: 262)
        servers[0].gpus = [0, 1]
        servers[0].joulesPerToken = .success(0.64)
        servers[1].gpus = [2]
        servers[1].joulesPerToken = .success(0.33)
        servers[2].gpus = [3]
        servers[2].joulesPerToken = .success(0.58)
        servers[3].joulesPerToken = .failure(.unknownGPUs)
        let at = start + Int64(seconds) * .second
        func event(_ ago: Int64, _ source: Int?, _ kind: String, _ weight: Diagnosis.Weight, _ text: Shown)
            -> WatchEvent
        {
            WatchEvent(
                at: at - ago * .second, source: source.map { SourceID($0) }, kind: kind, weight: weight,
                text: text)
        }
        return snapshot(
            servers, seconds: seconds,
            gpus: [
                gpu(0), gpu(1, watts: 608), gpu(2, watts: 598, celsius: 60),
                gpu(3, watts: 699, celsius: 83, capped: 0.64),
            ],
            events: [
                event(820, 0, "errors", .note, "10 errors in 5 s: 8 × abort, 2 × length"),
                event(
                    528, 2, "restarted", .yellow, "restarted (process start 13:58:41), counters began anew"),
                event(
                    385, 3, "no-histograms", .note,
                    "no latency histograms here: --canary 60s sends one small request a minute"),
                event(250, nil, "mark", .note, "canary 20 % → :8002"),
                event(140, 2, "kv-full", .red, "KV cache 97 % full"),
                event(139, 2, "preempting", .red, "preempts 11 requests a minute, KV 97 %"),
            ])
    }

    /// A server with four engines, one that is gone, one whose page is refused, one of which nothing has come.
    static var ragged: Snapshot {
        var servers = [
            server(0, "gpu01:8000", well, seconds: seconds, engines: ["0", "1", "2", "3"]),
            server(1, "gpu02:8000", loaded, seconds: seconds),
            server(2, "gpu03:8000", well, seconds: seconds),
            server(3, "gpu04:8000", Story(), seconds: 0),
        ]
        var engines = servers[0].engines.map(\.minute)
        engines[2].ttft = latency(0.9, bounds: ttftBounds, count: 100)
        servers[0].facts?.apart = Apart.among(engines)
        servers[1].status = .gone(since: start + 900 * .second)
        servers[1].findings = [
            Finding(
                diagnosis: .gone, since: start + 900 * .second,
                sentence: "no answer any more: the figures are the last ones")
        ]
        servers[2].status = .trouble(
            PageTrouble(words: PageProblem.status(401).words, isAnswer: true), since: start + 1_000 * .second)
        return snapshot(servers, seconds: seconds)
    }

    /// Nothing runs anywhere.
    static var idle: Snapshot {
        var story = Story()
        story.running = { _ in 0 }
        story.kv = { _ in 0 }
        story.output = 0
        story.input = 0
        story.answers = 0
        story.hit = { _ in nil }
        return snapshot([server(0, ":8000", story, seconds: 30)], seconds: 30, gpus: [gpu(0, watts: 78)])
    }

    /// All went away.
    static var gone: Snapshot {
        var servers = [
            server(0, ":8000", well, seconds: seconds), server(1, ":8001", loaded, seconds: seconds),
        ]
        for index in servers.indices {
            servers[index].status = .gone(since: start + 1_000 * .second)
            servers[index].findings = [
                Finding(
                    diagnosis: .gone, since: start + 1_000 * .second,
                    sentence: "no answer any more: the figures are the last ones")
            ]
        }
        return snapshot(servers, seconds: seconds)
    }

    static var alone: Snapshot {
        snapshot([server(0, ":8003", little, seconds: seconds)], seconds: seconds, budget: nil)
    }

    /// One canary a minute at a server without histograms and at one with them; the last but one failed.
    static var canaries: Snapshot {
        var servers = [
            server(0, ":8003", little, seconds: seconds), server(1, ":8000", well, seconds: seconds),
        ]
        for place in servers.indices {
            for minute in 1...17 {
                let answer =
                    minute == 16
                    ? CanaryAnswer(
                        ttft: nil, e2e: nil, promptTokens: 0, outputTokens: 0,
                        failure: "HTTP 503: Loading model")
                    : CanaryAnswer(
                        ttft: Int64(140 + 30 * minute) * .millisecond, e2e: 1_900 * .millisecond,
                        promptTokens: 32, outputTokens: 16, tpot: 31e6)
                servers[place].canaries.append((start + Int64(60 * minute + 20 * place) * .second, answer))
                servers[place].canaryCount.add(answer)
            }
        }
        var snapshot = snapshot(servers, seconds: seconds)
        snapshot.session.watch?.canary = 60 * .second
        return snapshot
    }

    static var many: Snapshot {
        let servers = (0..<64).map { index in
            server(
                index, "gpu\(index):8000", index == 50 ? trouble : index % 3 == 0 ? loaded : well,
                seconds: 200)
        }
        return snapshot(servers, seconds: 200, gpus: (0..<8).map { gpu($0) })
    }

    /// After the first reading: what is so now; after the second, what was between.
    static func early(readings: Int) -> Snapshot {
        var one = server(0, ":8000", well, seconds: readings)
        if readings == 1, let facts = one.facts {
            var now = ServerFigures()
            now.running = facts.scrape.running
            now.waiting = facts.scrape.waiting
            now.kvUsage = facts.scrape.kvUsage
            one.facts = WatchFacts(
                at: facts.at, scrape: now, minute: now, fiveMinutes: now, quarterHour: now, hour: now)
            one.session = nil
        }
        return snapshot([one], seconds: readings)
    }

    static var none: Snapshot { snapshot([], seconds: 1) }

    static func dashboard(
        glyphs: GlyphSet = .braille, mode: Mode = .watch, themes: [Theme] = [.standard]
    ) -> Dashboard {
        Dashboard(themes: themes, glyphs: glyphs, mode: mode)
    }
}
