import Measure
import Testing

@testable import Telemetry

@Suite struct GPUHistoryTests {
    private func history(
        _ looks: [[GPUQuantity: Double]], every period: Nanoseconds = .second
    ) -> GPUHistory {
        var history = GPUHistory()
        var reader = GPUReader(source: SourceID(1))
        for (place, values) in looks.enumerated() {
            let look = GPULook(
                gpus: [
                    GPULook.GPU(
                        index: 0, name: "N \"1\"", uuid: "GPU-1", values: values, processes: [7: 5e9, 8: nil])
                ])
            history.take(reader.read(look, at: Moment(nanoseconds: Int64(place) * period)))
        }
        return history
    }

    private func figures(_ looks: [[GPUQuantity: Double]], every period: Nanoseconds = .second) throws
        -> GPUFigures
    {
        try #require(history(looks, every: period).figures(over: .session).first)
    }

    @Test func asItIsNow() throws {
        let gpu = try figures([[.utilisation: 0.5, .watts: 300, .celsius: 60, .memoryUsed: 7, .clock: 1980]])
        #expect(gpu.name == "N \"1\"" && gpu.uuid == "GPU-1" && gpu.index == 0)
        #expect(gpu.utilisation == 0.5 && gpu.watts == 300 && gpu.celsius == 60 && gpu.clockMHz == 1980)
        #expect(gpu.memoryUsed == 7 && gpu.memoryTotal == nil && gpu.throttledShare == nil)
        #expect(gpu.processes == [7: 5e9, 8: nil])
        #expect(gpu.energy == .unknown(.notMeasured))
    }

    @Test func energyByItsOwnCounter() throws {
        #expect(try figures([[.energy: 100, .watts: 1], [.energy: 700, .watts: 1]]).energy == .joules(600))
        // A gap is no matter: it counts on.
        #expect(try figures([[.energy: 100], [.energy: 700]], every: 60 * .second).energy == .joules(600))
    }

    @Test func aDriverThatWasLoadedAnew() throws {
        #expect(try figures([[.energy: 900], [.energy: 5], [.energy: 1000]]).energy == .unknown(.reset))
    }

    /// Straight from one to the next.
    @Test func energyByPower() throws {
        #expect(try figures([[.watts: 100], [.watts: 300], [.watts: 300]]).energy == .joules(500))
        #expect(try figures([[.watts: 100], [.watts: 300]], every: 4 * .second).energy == .unknown(.gap))
    }

    /// Its counter's own, over what was between; and what nobody saw has no mean.
    @Test func meansOverASpan() throws {
        let sound = try figures([
            [.utilisation: 0, .energy: 0, .watts: 999], [.utilisation: 1, .energy: 100, .watts: 999],
            [.utilisation: 1, .energy: 500, .watts: 999],
        ])
        #expect(sound.meanUtilisation == 0.75 && sound.meanWatts == 250)
        let gap = try figures(
            [[.utilisation: 1, .watts: 5], [.utilisation: 1, .watts: 5]], every: 4 * .second)
        #expect(gap.meanUtilisation == nil && gap.meanWatts == nil)
        let reset = try figures([[.utilisation: 1, .energy: 50], [.utilisation: 1, .energy: 5]])
        #expect(reset.meanUtilisation == 1 && reset.meanWatts == nil)
    }

    @Test func throttledByTheDriversClock() throws {
        let gpu = try figures([
            [.throttledByPower: 10, .throttledByHeat: 5, .throttleReasons: 0],
            [.throttledByPower: 10.4, .throttledByHeat: 5, .throttleReasons: 0],
            [.throttledByPower: 11, .throttledByHeat: 5.2, .throttleReasons: 0],
        ])
        #expect(isNear(gpu.powerCappedShare, 0.5) && isNear(gpu.thermalShare, 0.1, by: 1e-6))
        #expect(isNear(gpu.throttledShare, 0.6, by: 1e-6))
    }

    @Test func throttledByWhatWasSeen() throws {
        let gpu = try figures([
            [.throttleReasons: 0], [.throttleReasons: 4], [.throttleReasons: 0x41], [.throttleReasons: 1],
            [.throttleReasons: 0],
        ])
        #expect(gpu.throttledShare == 0.5 && gpu.powerCappedShare == 0.25 && gpu.thermalShare == 0.25)
    }

    @Test func aCardThatIsGoneForAWhile() {
        var history = GPUHistory()
        var reader = GPUReader(source: SourceID(1))
        func look(_ gpus: [Int], _ second: Int64) {
            let look = GPULook(gpus: gpus.map { GPULook.GPU(index: $0, values: [.watts: 100]) })
            history.take(reader.read(look, at: Moment(nanoseconds: second * .second)))
        }
        look([0, 1], 0)
        look([0], 1)
        look([0, 1], 2)
        let figures = history.figures(over: .session)
        #expect(figures.map(\.index) == [0, 1] && figures.map(\.energy) == [.joules(200), .joules(200)])
    }

    @Test func processesWithoutNumberAreNotKept() {
        var reader = GPUReader(source: SourceID(1))
        for process in 0..<20_000 {
            let look = GPULook(gpus: [GPULook.GPU(index: 0, processes: [process: 1])])
            #expect(reader.read(look, at: .zero).series.count <= GPUReader.mostSeries + 3)
        }
    }

    @Test func ofOneWindow() {
        let history = history((0..<60).map { [.watts: 100, .energy: Double($0) * 100] })
        func moment(_ second: Int64) -> Moment { Moment(nanoseconds: second * .second) }
        #expect(history.figures(from: moment(10), to: moment(20))?.first?.energy == .joules(1000))
        #expect(history.figures(from: moment(50), to: moment(90)) == nil)
    }

    // MARK: Joules a token

    private func gpu(_ index: Int, _ energy: Energy, _ processes: [Int: Double?] = [:]) -> GPUFigures {
        var gpu = GPUFigures(index: index)
        gpu.energy = energy
        gpu.processes = processes
        return gpu
    }

    @Test func joulesPerToken() {
        let two = [gpu(0, .joules(300)), gpu(1, .joules(500))]
        func reckoned(
            _ gpus: [GPUFigures], others: Bool = false, tokens: Double? = 1000, changed: Bool = false
        ) -> Result<Double, NoEnergy> {
            JoulesPerToken.reckoned(
                serving: gpus, serveOthers: others, tokens: tokens, serverChanged: changed)
        }
        #expect(reckoned(two) == .success(0.8))
        #expect(reckoned([]) == .failure(.unknownGPUs))
        #expect(reckoned(two, others: true) == .failure(.shared))
        #expect(reckoned(two, tokens: nil) == .failure(.tokensUnknown))
        #expect(reckoned(two, tokens: 0) == .failure(.noTokens))
        #expect(reckoned(two, changed: true) == .failure(.serverChanged))
        #expect(reckoned(two + [gpu(2, .unknown(.gap))]) == .failure(.gap))
    }
}
