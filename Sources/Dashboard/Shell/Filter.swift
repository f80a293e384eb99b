import Measure

/// What `/` was given. It's for the endpoints where it fits any of several, else for the levels.
struct Filter: Hashable, Sendable {
    var text: String
    var isForEndpoints: Bool

    init(_ text: String, endpoints: [EndpointSnapshot]) {
        self.text = text
        isForEndpoints = !text.isEmpty && endpoints.count > 1 && endpoints.contains { Self.fits(text, $0) }
    }

    func matches(_ endpoint: EndpointSnapshot) -> Bool { !isForEndpoints || Self.fits(text, endpoint) }

    private static func fits(_ text: String, _ endpoint: EndpointSnapshot) -> Bool {
        [endpoint.info.label, endpoint.info.model.text, endpoint.info.url.text].contains {
            $0.containsIgnoringCase(text)
        }
    }
}
