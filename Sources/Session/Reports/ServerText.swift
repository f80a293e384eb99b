import Charts
import Measure

/// What the server and its GPUs said of the level that stands for an endpoint, in lines for people.
enum ServerText {
    static func lines(_ endpoint: EndpointSnapshot) -> [String] {
        let level =
            endpoint.levels.last { $0.load == endpoint.loadLine?.load }
            ?? endpoint.levels.max { $0.load < $1.load }
        guard let level, let told = level.telemetry else { return [] }
        var lines: [String] = []
        if let ttft = told.ttft {
            let between = level.ttftOnTheWay.map { ", \(Format.duration($0)) between the two" } ?? ""
            let queue = told.queue.map { " (queue \(Format.duration($0)))" } ?? ""
            lines.append(
                "mean TTFT at \(level.load.words): \(Format.duration(level.ttft.knownMean)) here, "
                    + "\(Format.duration(ttft)) on the server\(queue)\(between)")
        }
        if let joules = told.joulesPerToken {
            lines.append("energy at \(level.load.words): \(Format.rate(joules)) J a token (GPU boards only)")
        }
        return lines
    }
}
