import Canvas
import Collector
import Dashboard
import Measure
import Synchronization
import Terminal

@testable import Session

/// Somebody at a keyboard: when the screen's figures are so, they press keys.
struct Hands: Sendable {
    struct Move: Sendable {
        var when: @Sendable (Snapshot) -> Bool
        var keys: String
    }

    var moves: [Move] = []
    /// How the terminal ends when all keys are pressed; nil: when the application leaves it.
    var end: TerminalEnd?
    var isStuck = false

    func then(_ keys: String, when: @escaping @Sendable (Snapshot) -> Bool) -> Hands {
        var hands = self
        hands.moves.append(Move(when: when, keys: keys))
        return hands
    }

    static let screen = ScreenSetup(
        traits: TerminalTraits(term: "xterm", colorDepth: .mono, isUTF8: true), themes: Theme.builtIn,
        selectedTheme: 0)

    /// In the place of a terminal.
    func use(_ application: SweepApplication) async -> ScreenEnd {
        var application = application
        var left = moves[...]
        while true {
            let now = SystemTime.now()
            if application.handle(.tick, now: now) == .leave {
                return ScreenEnd(end: .left, isStuck: isStuck)
            }
            _ = application.frame(size: TerminalSize(width: 120, height: 40), now: now)
            if let move = left.first, move.when(application.snapshots.current) {
                left = left.dropFirst()
                for key in move.keys where application.handle(.key(.character(key)), now: now) == .leave {
                    return ScreenEnd(end: .left, isStuck: isStuck)
                }
            }
            if left.isEmpty, let end { return ScreenEnd(end: end, isStuck: isStuck) }
            try? await Task.sleep(for: .milliseconds(1))
        }
    }
}

extension Snapshot {
    var first: EndpointSnapshot? { endpoints.first }

    var isMeasuring: Bool {
        if case .measuring? = first?.phase { true } else { false }
    }
}
