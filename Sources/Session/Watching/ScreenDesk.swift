package import Dashboard
import Synchronization

/// Between the UI thread and the rest of the program: wishes go one way, messages the other. Nobody waits.
package final class ScreenDesk: Sendable {
    struct Message: Sendable {
        var text: String
        var isError: Bool
    }

    private struct State {
        var messages: [Message] = []
        var isClosing = false
        var isHeld = false
        var exporting: Task<Void, Never>?
    }

    package let wishes: AsyncStream<DashboardAction>
    private let continuation: AsyncStream<DashboardAction>.Continuation
    private let state = Mutex(State())

    package init() { (wishes, continuation) = AsyncStream.makeStream(of: DashboardAction.self) }

    func ask(_ action: DashboardAction) { continuation.yield(action) }

    package func notify(_ text: String, isError: Bool = false) {
        state.withLock { $0.messages.append(Message(text: text, isError: isError)) }
    }

    /// One at a time: whoever leans on the key would have all disks and processors busy with the same.
    ///
    /// - Parameter work: on a thread that may wait for a disk.
    func export(_ work: @escaping @Sendable () -> Void) {
        let isBusy = state.withLock { state in
            guard state.exporting == nil else { return true }
            state.exporting = Task {
                await FileWork.run(work)
                self.state.withLock { $0.exporting = nil }
            }
            return false
        }
        if isBusy { notify("the export before is still being written") }
    }

    /// When what is being exported is written: it is whole, or not there.
    func exported() async { await state.withLock(\.exporting)?.value }

    func takeMessages() -> [Message] {
        state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }

    /// A key was pressed: somebody is there. After the end that keeps the screen.
    func hold() { state.withLock { $0.isHeld = true } }

    /// Forgets the keys that were pressed so far.
    func letGo() { state.withLock { $0.isHeld = false } }

    var isHeld: Bool { state.withLock { $0.isHeld } }

    /// Have the screen leave at its next tick.
    package func close() {
        state.withLock { $0.isClosing = true }
        continuation.finish()
    }

    var isClosing: Bool { state.withLock { $0.isClosing } }
}
