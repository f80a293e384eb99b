import System

extension WallAnchor {
    /// `2026-11-26T19:22:18.250Z`: for people, beside the nanoseconds.
    package func iso(_ moment: Moment) -> String {
        // Wraps instead of trapping: an export must survive whatever a file says.
        let unix = unixNanoseconds &+ (moment.nanoseconds &- self.moment.nanoseconds)
        let (seconds, rest) = unix.quotientAndRemainder(dividingBy: .second)
        let isBefore = rest < 0
        let time = UTCTime(unixTime: Int(isBefore ? seconds - 1 : seconds))
        let milliseconds = (isBefore ? rest + .second : rest) / .millisecond
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        let day = [padded(time.year, 4), padded(time.month, 2), padded(time.day, 2)].joined(separator: "-")
        let clock = [time.hour, time.minute, time.second].map { padded($0, 2) }.joined(separator: ":")
        return "\(day)T\(clock).\(padded(Int(milliseconds), 3))Z"
    }
}
