/// What a full disk swallowed of a session while it was recorded.
public struct RecordingLosses: Hashable, Sendable {
    public var arrivals: Int
    public var requests: Int
    /// Events and levels.
    public var others: Int
    public var readings: Int

    public init(arrivals: Int = 0, requests: Int = 0, others: Int = 0, readings: Int = 0) {
        self.arrivals = arrivals
        self.requests = requests
        self.others = others
        self.readings = readings
    }

    public var isEmpty: Bool { self == RecordingLosses() }

    /// A line for whoever looks at the recording; nil where nothing was lost.
    public var sentence: String? {
        isEmpty
            ? nil : "a full disk swallowed \(words) while this was recorded; the levels' figures have them"
    }

    /// As a part of a sentence: "120 token arrivals, 3 requests".
    public var words: String {
        let counts = [
            (arrivals, "token arrival"), (requests, "request"), (others, "event or level"),
            (readings, "reading"),
        ]
        return counts.filter { $0.0 > 0 }.map { count, name in
            let plural = name == "event or level" ? "events or levels" : name + "s"
            return "\(count) \(count == 1 ? name : plural)"
        }.joined(separator: ", ")
    }
}
