import Testing

@testable import Terminal

@Suite struct OutputQueueTests {
    @Test func whatIsNotTakenIsKept() {
        var queue = OutputQueue()
        queue.append(Array("abcdef".utf8))
        var taken: [UInt8] = []
        var room = 4
        let first = queue.flush { bytes in
            let count = min(room, 2)
            taken += bytes.prefix(count)
            room -= count
            return count
        }
        #expect(first == .full)
        #expect(queue.count == 2)
        queue.append([0x21])
        let second = queue.flush { bytes in
            taken += bytes
            return bytes.count
        }
        #expect(second == .empty)
        #expect(queue.isEmpty)
        #expect(taken == Array("abcdef!".utf8))
        #expect(queue.written == 7)
    }

    @Test func nothingIsAskedOfTheTerminalWhenEmpty() {
        var queue = OutputQueue()
        #expect(queue.flush { _ in -5 } == .empty)
    }

    @Test func failureIsTold() {
        var queue = OutputQueue()
        queue.append([1])
        #expect(queue.flush { _ in -5 } == .failed(errno: 5))
        queue.drop()
        #expect(queue.isEmpty)
    }
}
