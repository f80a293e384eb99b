import Measure
import System

/// Writes the heads of responses, with the date made once a second.
struct HeadWriter {
    private var date = ""

    /// Seconds since 1970.
    private(set) var unixTime = 0

    /// With what has nginx, which asks in HTTP/1.0 unless told otherwise, hand on a body without chunks as it
    /// comes. llama-server says it, too.
    ///
    /// - Parameter isOld: for HTTP/1.0, where the end of the connection ends the stream.
    mutating func stream(isOld: Bool) -> String {
        refresh()
        let (version, ending) =
            isOld ? ("HTTP/1.0", "connection: close") : ("HTTP/1.1", "transfer-encoding: chunked")
        return
            "\(version) 200 OK\r\ndate: \(date)\r\nserver: plimsoll-simulator\r\ncontent-type: text/event-stream; charset=utf-8\r\nx-accel-buffering: no\r\n\(ending)\r\n\r\n"
    }

    mutating func whole(
        status: Int, type: String, length: Int, extra: [(String, String)] = [], isOld: Bool, closes: Bool
    ) -> String {
        refresh()
        var head =
            "HTTP/1.\(isOld ? 0 : 1) \(status) \(Self.reason(status))\r\ndate: \(date)\r\nserver: plimsoll-simulator\r\n"
        head += "content-length: \(length)\r\ncontent-type: \(type)\r\n"
        for (name, value) in extra { head += "\(name): \(value)\r\n" }
        if closes {
            head += "connection: close\r\n"
        } else if isOld {
            // What HTTP/1.1 does unsaid, HTTP/1.0 must be told.
            head += "connection: keep-alive\r\n"
        }
        return head + "\r\n"
    }

    mutating func refresh() {
        let now = Int(Clocks.calendar() / .second)
        guard now != unixTime else { return }
        unixTime = now
        date = Self.date(now)
    }

    /// HTTP's form of a time in seconds since 1970 (RFC 9110, 5.6.7).
    static func date(_ unixTime: Int) -> String {
        let time = UTCTime(unixTime: unixTime)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return
            "\(days[time.weekday]), \(two(time.day)) \(months[time.month - 1]) \(time.year) "
            + "\(two(time.hour)):\(two(time.minute)):\(two(time.second)) GMT"
    }

    static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 413: "Content Too Large"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Error"
        }
    }
}
