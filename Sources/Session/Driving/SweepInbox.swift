import Measure
import Sweep
import Synchronization

/// What has yet to be told to one endpoint's sweep: hands at the keyboard, the collector and the driver's own looks
/// around put it in, the driver takes it out. Nobody who puts in waits.
final class SweepInbox: Sendable {
    private struct State {
        var events: [SweepEvent] = []
        /// The newest: how things stood before is of no interest.
        var progress: LevelProgress?
    }

    private let state = Mutex(State())
    private let ringing: AsyncStream<Void>.Continuation
    /// Rings when something has come in since the last `take`.
    let bell: AsyncStream<Void>

    init() { (bell, ringing) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func put(_ event: SweepEvent) {
        state.withLock { state in
            if case .progress(let progress) = event {
                state.progress = progress
            } else {
                state.events.append(event)
            }
        }
        ringing.yield()
    }

    /// All that has come in: words and figures as they came, then how the level stands.
    func take() -> [SweepEvent] {
        state.withLock { state in
            defer { state = State() }
            return state.events + (state.progress.map { [.progress($0)] } ?? [])
        }
    }
}
