import Measure

extension EventLoop {
    /// A frame, if one is wanted and the terminal is ready for it.
    mutating func draw(at now: Moment) {
        guard frame.isWanted else { return }
        frame.notBefore = max(frame.notBefore, pace.nextFrame(at: now))
        guard queue.isEmpty, device.unsent == 0, now >= frame.notBefore else {
            if !frame.isHeld { output.waits += 1 }
            frame.isHeld = true
            if queue.isEmpty, now >= frame.notBefore { frame.notBefore = now + 20 * .millisecond }
            return
        }
        let canvas = application.frame(size: size, now: now)
        let isForced = frame.isForced
        frame = FrameState()
        guard canvas != nil || isForced else { return }
        let bytes = screen.draw(canvas)
        guard !bytes.isEmpty else { return }
        output.frames += 1
        queue.append(bytes)
        pace.drewFrame(at: now)
        send(at: now)
    }

    /// False when the terminal is gone.
    @discardableResult
    mutating func send(at now: Moment) -> Bool {
        // After a crash elsewhere the handler has put the terminal back: leave it so.
        guard signals.isArmed else {
            writeAgain = now + .second
            return true
        }
        let before = queue.written
        let outcome = queue.flush { device.write($0) }
        let taken = queue.written - before
        pace.wrote(taken, isFull: outcome == .full, at: now)
        if outcome == .full, taken == 0 { writeAgain = now + 20 * .millisecond }
        if case .failed = outcome { return false }
        return true
    }
}
