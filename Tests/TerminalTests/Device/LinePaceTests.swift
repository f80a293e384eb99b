import Measure
import Testing

@testable import Terminal

@Suite struct LinePaceTests {
    /// A pty that is read at `rate` bytes a second, as the event loop meets it: frames of `frame` bytes,
    /// asked for five times a second. How far the picture is behind on average in the last five of ten
    /// minutes, in seconds, and the frames drawn then.
    private func run(rate: Double, frame: Int, paced: Bool = true) -> (behind: Double, frames: Int) {
        var pace = LinePace()
        var (inLine, pending, sum, samples, frames) = (0.0, 0, 0.0, 0, 0)
        for step in 0..<600 * 50 {
            let now = Moment.zero + Nanoseconds(step) * 20 * .millisecond
            let counts = step >= 300 * 50
            inLine = max(0, inLine - rate / 50)
            if pending == 0, step % 10 == 0, !paced || pace.nextFrame(at: now) <= now {
                pending = frame
                pace.drewFrame(at: now)
                if counts { frames += 1 }
            }
            if pending > 0 {
                let taken = min(pending, Int(LinePace.capacity - inLine))
                inLine += Double(taken)
                pending -= taken
                pace.wrote(taken, isFull: pending > 0, at: now)
            }
            if counts {
                sum += (inLine + Double(pending)) / rate
                samples += 1
            }
        }
        return (sum / Double(samples), frames)
    }

    @Test func knowsNothingBeforeTheLineWasFull() {
        var pace = LinePace()
        pace.wrote(5_000, isFull: false, at: .zero)
        #expect(pace.rate == nil)
        #expect(pace.nextFrame(at: .zero) == .zero)
    }

    @Test func fastLineIsNeverPaced() {
        #expect(run(rate: 1_000_000, frame: 8_000).frames == 1500)
    }

    @Test(arguments: [200, 2_000, 8_000])
    func slowLineShowsFreshFrames(frame: Int) {
        let paced = run(rate: 960, frame: frame)
        let unpaced = run(rate: 960, frame: frame, paced: false)
        #expect(paced.behind < unpaced.behind / 2, "\(paced) \(unpaced)")
        #expect(paced.frames * 2 > unpaced.frames, "\(paced) \(unpaced)")
    }

    @Test func pauseIsNotTakenForSlowness() {
        var pace = LinePace()
        // ^S for ten seconds, then all at once.
        pace.wrote(8_000, isFull: true, at: .zero)
        pace.wrote(4_000, isFull: true, at: .zero + 10 * .second)
        pace.wrote(1_000, isFull: false, at: .zero + 10 * .second + .millisecond)
        #expect(pace.rate == nil)
    }

    @Test func neverHoldsAFrameForLong() {
        var pace = LinePace()
        pace.drewFrame(at: .zero)
        pace.wrote(8_000, isFull: true, at: .zero)
        pace.wrote(100, isFull: true, at: .zero + .second)
        pace.wrote(100, isFull: true, at: .zero + 2 * .second)
        pace.wrote(100, isFull: false, at: .zero + 3 * .second)
        let now = Moment.zero + 3 * .second
        #expect(pace.rate == 100)
        pace.drewFrame(at: now)
        #expect(pace.nextFrame(at: now) == now + LinePace.longestWait)
    }
}
