import Measure
import Testing

@Suite struct ClampedSumTests {
    @Test(arguments: [
        (1, 2, 3), (Int.max, 1, Int.max), (Int.max - 1, 1, Int.max), (Int.min, -1, Int.min),
        (0, Int.max, Int.max),
        (Int.max, Int.max, Int.max), (Int.min, Int.max, -1),
    ])
    func staysWithinTheRange(sum: Int, added: Int, expected: Int) {
        var sum = sum
        sum.addClamped(added)
        #expect(sum == expected)
    }
}
