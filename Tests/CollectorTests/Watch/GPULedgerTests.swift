import Measure
import Testing

@testable import Collector

@Suite struct GPULedgerTests {
    /// A server on two of three GPUs, each of which uses 500 W; it makes 100 tokens a second.
    private static func watched(
        _ service: GPUService, isHere: Bool = true, reads: (Int) -> Bool = { _ in true }
    ) -> WatchBooks {
        var books = WatchBooks()
        books.join(0, WatchBooks.role(8000, isHere: isHere))
        books.join(5, .gpus)
        books.say(5, .serving(service), at: 0)
        for second in 0...70 where reads(second) {
            let joules = Double(500 * second)
            books.read(
                5, at: Double(second) + 0.2,
                [
                    "gpu_energy_joules_total{gpu=\"0\"}": joules,
                    "gpu_energy_joules_total{gpu=\"1\"}": joules,
                    "gpu_energy_joules_total{gpu=\"2\"}": joules,
                ])
        }
        for second in 0...70 { books.serve(0, at: Double(second)) }
        return books
    }

    private static let alone = GPUService(byServer: [SourceID(0): [0, 1]])

    @Test func joulesAToken() throws {
        var books = Self.watched(Self.alone)
        let snapshot = books.snapshot(at: 70)
        #expect(snapshot.servers[0].joulesPerToken == .success(10) && snapshot.servers[0].gpus == [0, 1])
        #expect(snapshot.gpus?.minute.map(\.energy) == Array(repeating: .joules(30_000), count: 3))
        #expect(snapshot.gpus?.service == Self.alone)
    }

    @Test(arguments: [
        (GPUService(), NoEnergy.unknownGPUs),
        (GPUService(byServer: [SourceID(0): [0]], foreign: [0]), .shared),
    ])
    func whyThereAreNone(service: GPUService, reason: NoEnergy) {
        var books = Self.watched(service)
        #expect(books.snapshot(at: 70).servers[0].joulesPerToken == .failure(reason))
    }

    @Test func elsewhereOrUnread() {
        var elsewhere = Self.watched(Self.alone, isHere: false)
        #expect(elsewhere.snapshot(at: 70).servers[0].joulesPerToken == .failure(.elsewhere))
        var gap = Self.watched(Self.alone) { $0 < 50 }
        #expect(gap.snapshot(at: 70).servers[0].joulesPerToken == .failure(.gap))
    }

    @Test func serversThatJoinAgainKeepTheirGPUs() {
        var books = Self.watched(Self.alone)
        books.leave(0, at: 71)
        books.join(1, WatchBooks.role(8000), at: 72)
        books.say(5, .serving(GPUService(byServer: [SourceID(1): [2]])), at: 73)
        #expect(books.snapshot(at: 74).servers[0].gpus == [2])
    }

    @Test func theirTroubles() {
        var books = WatchBooks()
        books.join(5, .gpus)
        for second in 0...100 {
            if second == 90 { books.say(5, .trouble("the driver hangs"), at: 90) }
            guard second < 90 || second > 95 else { continue }
            let bits: Double = (10..<15).contains(second) ? 64 : 0
            books.read(
                5, at: Double(second),
                ["gpu_power_watts{gpu=\"3\"}": 100, "gpu_throttle_reasons{gpu=\"3\"}": bits])
            if second == 20 {
                #expect(books.snapshot(at: 20).gpus?.findings.map(\.diagnosis) == [.hot])
            }
        }
        let snapshot = books.snapshot(at: 100)
        #expect(snapshot.kinds == ["joined", "gpu-hot", "gpu-hot-over", "gpu-trouble", "gpu-trouble-over"])
        #expect(snapshot.events.allSatisfy { $0.source == SourceID(5) })
        #expect(snapshot.gpus?.findings.isEmpty == true && snapshot.gpus?.trouble == nil)
    }
}
