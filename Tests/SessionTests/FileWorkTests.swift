import Dispatch
import Testing

@testable import Session

@Suite(.timeLimit(.minutes(10))) struct FileWorkTests {
    /// More of them than there are threads for everything else, and all at a disk that doesn't answer.
    @Test func aDiskHoldsUpNobodyElse() async {
        let disk = DispatchSemaphore(value: 0)
        let count = 24
        await withTaskGroup(of: Int.self) { group in
            for number in 0..<count {
                group.addTask {
                    await FileWork.run {
                        disk.wait()
                        return number
                    }
                }
            }
            // It comes to this only where the threads that tasks run on don't wait.
            group.addTask {
                for _ in 0..<count { disk.signal() }
                return count
            }
            var sum = 0
            for await number in group { sum += number }
            #expect(sum == count * (count + 1) / 2)
        }
    }

    private struct Refused: Error {}

    @Test func errorsComeBack() async {
        await #expect(throws: Refused.self) { try await FileWork.run { throw Refused() } }
    }
}
