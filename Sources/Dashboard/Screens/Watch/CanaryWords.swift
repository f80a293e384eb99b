import Charts
import Measure

/// What one small request met with.
enum CanaryWords {
    static func last(_ canary: (at: Moment, answer: CanaryAnswer), _ scene: WatchScene) -> String {
        let at = scene.clock(canary.at)
        if let failure = canary.answer.failure { return "canary at \(at): \(failure.text)" }
        return "canary at \(at): TTFT \(time(canary.answer.ttft)), E2E \(time(canary.answer.e2e))"
    }

    static func time(_ span: Nanoseconds?) -> String { span.map { Format.duration($0) } ?? Format.unknown }
}
