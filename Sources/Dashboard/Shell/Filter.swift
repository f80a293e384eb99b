/// What `/` was given. It's for the rows of endpoints where it fits any of several, else for what the screen has
/// beside them.
struct Filter: Hashable, Sendable {
    var text: String
    var isForEndpoints: Bool

    init(_ text: String, rows: [EndpointRow]) {
        self.text = text
        isForEndpoints = !text.isEmpty && rows.count > 1 && rows.contains { Self.fits(text, $0) }
    }

    func matches(_ row: EndpointRow) -> Bool { !isForEndpoints || Self.fits(text, row) }

    private static func fits(_ text: String, _ row: EndpointRow) -> Bool {
        row.names.contains { $0.containsIgnoringCase(text) }
    }
}

/// One of those that a screen has a row for: the endpoints of a sweep, the servers of a watch.
struct EndpointRow: Hashable, Sendable {
    /// Its place in the snapshot.
    var index: Int
    /// What it's found by.
    var names: [String]
    /// There is something to see of it: such a one is looked at until one is chosen.
    var hasFigures = true
}
