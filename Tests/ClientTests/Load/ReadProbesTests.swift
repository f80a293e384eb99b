import Measure
import Testing

@testable import Client

/// Rounds of reads, ten microseconds each.
@Suite struct ReadProbesTests {
    private final class Loop {
        var now = Moment.zero
        var tasks: [() -> Void] = []

        func round(_ requests: [UInt32], probes: ReadProbes, read: Nanoseconds = 10 * .microsecond) {
            for request in requests {
                probes.noteRead(at: now, of: request)
                now = now + read
            }
            while !tasks.isEmpty { tasks.removeFirst()() }
        }
    }

    private let loop = Loop()
    private let probes: ReadProbes

    init() {
        probes = ReadProbes(
            afterRound: { [loop] in loop.tasks.append($0) }, time: { [loop] in loop.now }, seed: 1)
    }

    @Test("all places of a round are probed alike, whatever its length", arguments: [1, 4, 16, 17, 64, 128])
    func places(count: Int) {
        let requests = (1...UInt32(count)).map { $0 }
        for _ in 0..<20_000 / count {
            loop.round(requests, probes: probes)
            loop.now = loop.now + 10 * .millisecond
        }
        let mean = Double(probes.lags.reduce(0, +)) / Double(probes.lags.count)
        let expected = Double(count + 1) / 2 * 10_000
        #expect(abs(mean - expected) < 0.1 * expected)
    }

    @Test("in the same order every time, each read is as late as the one before")
    func sameOrder() {
        for _ in 0..<100 { loop.round((1...64).map { $0 }, probes: probes) }
        #expect(probes.changes.count > 30)
        #expect(probes.changes.allSatisfy { $0 == 0 })
        #expect(probes.lags.max() ?? 0 > 500 * .microsecond)
    }

    @Test("in an order of its own every time, they differ by what is in the time between two tokens")
    func otherOrder() {
        for number in 0..<200 {
            let requests = (1...64).map { UInt32($0) }
            loop.round(number.isMultiple(of: 2) ? requests : requests.reversed(), probes: probes)
        }
        #expect(probes.changes.count > 30)
        // One at the place p is at 65 - p the next time.
        #expect(probes.changes.max() ?? 0 > 400 * .microsecond)
    }

    @Test("an answer that is over isn't waited for for ever")
    func overIsOver() {
        loop.round([1], probes: probes)
        loop.now = loop.now + ReadProbes.patience + 1
        for _ in 0..<40 { loop.round([2], probes: probes) }
        #expect(!probes.changes.isEmpty)
    }

    @Test("what is handed over is handed over once")
    func handedOver() {
        for _ in 0..<40 { loop.round([1], probes: probes) }
        #expect(!probes.lags.isEmpty && !probes.changes.isEmpty)
        probes.handedOver()
        #expect(probes.lags.isEmpty && probes.changes.isEmpty)
    }

    @Test("a tick that waits for a round of reads is not late; one that waits for a processor is")
    func ticks() {
        let due = Moment.zero + 95 * .microsecond
        probes.expect(tickAt: due)
        // It fell due within the round: the next read was 5 µs later.
        loop.round((1...64).map { $0 }, probes: probes)
        #expect(probes.noticed(tickAt: loop.now) - due == 5 * .microsecond)

        // Woken late, it reads first.
        let next = loop.now + 10 * .millisecond
        probes.expect(tickAt: next)
        loop.now = next + 3 * .millisecond
        loop.round([1, 2, 3], probes: probes)
        #expect(probes.noticed(tickAt: loop.now) - next == 3 * .millisecond)

        // Nothing was there to be read.
        probes.expect(tickAt: loop.now)
        #expect(probes.noticed(tickAt: loop.now + 7) - loop.now == 7)
    }
}
