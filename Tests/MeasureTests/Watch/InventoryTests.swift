import Measure
import Testing

@Suite struct InventoryTests {
    private func gpu(_ index: Int, _ name: Shown?) -> GPUFigures {
        var gpu = GPUFigures(index: index)
        gpu.name = name
        return gpu
    }

    @Test func alikeOnesAreCounted() {
        #expect([GPUFigures]().inventory == nil)
        #expect([gpu(0, "H100"), gpu(1, "H100")].inventory == "2 × H100")
        #expect([gpu(0, "H100"), gpu(1, nil), gpu(2, "H100")].inventory == "2 × H100, 1 × GPU")
    }
}
