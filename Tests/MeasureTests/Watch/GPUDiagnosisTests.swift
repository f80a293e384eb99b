import Testing

@testable import Measure

@Suite struct GPUDiagnosisTests {
    private static func sound() -> GPUFigures {
        var gpu = GPUFigures(index: 3)
        (gpu.thermalShare, gpu.brakeShare, gpu.powerCappedShare) = (0, 0, 0.3)
        return gpu
    }

    @Test func soundAndSilentCardsHaveNothing() {
        #expect(GPUDiagnosis.found(in: Self.sound()) == [])
        #expect(GPUDiagnosis.found(in: GPUFigures(index: 0)) == [])
    }

    @Test func eachOfThem() {
        let cases: [(GPUDiagnosis, Shown, (inout GPUFigures) -> Void)] = [
            (.lost, "GPU3 is lost: its driver has given it up", { $0.isLost = true }),
            (.hot, "GPU3 too hot 2 % of the time", { $0.thermalShare = 0.02 }),
            (.braked, "GPU3 braked by its power supply 1 % of the time", { $0.brakeShare = 0.01 }),
            (.powerCapped, "GPU3 power-capped 64 % of the time", { $0.powerCappedShare = 0.64 }),
        ]
        #expect(cases.map(\.0) == GPUDiagnosis.allCases)
        for (diagnosis, sentence, spoil) in cases {
            var gpu = Self.sound()
            spoil(&gpu)
            #expect(GPUDiagnosis.found(in: gpu) == [diagnosis])
            #expect(
                diagnosis.sentence(gpu, as: gpu.title(withHost: false)) == sentence
                    && !diagnosis.usualCause.text.isEmpty)
        }
    }
}
