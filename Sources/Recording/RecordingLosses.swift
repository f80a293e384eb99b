/// What a full disk swallowed of a session while it was recorded.
package struct RecordingLosses: Hashable, Sendable {
    package var arrivals: Int
    package var requests: Int
    /// Events and levels.
    package var others: Int
    package var readings: Int

    package init(arrivals: Int = 0, requests: Int = 0, others: Int = 0, readings: Int = 0) {
        self.arrivals = arrivals
        self.requests = requests
        self.others = others
        self.readings = readings
    }

    package var isEmpty: Bool { self == RecordingLosses() }

    /// A line for whoever looks at the recording; nil where nothing was lost.
    package var sentence: String? {
        isEmpty
            ? nil : "a full disk swallowed \(words) while this was recorded; the levels' figures have them"
    }

    /// As a part of a sentence: "120 token arrivals, 3 requests".
    package var words: String {
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
