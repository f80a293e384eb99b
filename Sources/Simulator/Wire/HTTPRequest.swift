import Measure
import NIOCore

/// One request, read to its end.
struct HTTPRequest {
    var method: String
    /// Without the query.
    var path: String
    var query: String
    /// Names in lower case.
    var headers: [String: String]
    var body: ByteBuffer
    /// When its last byte was read.
    var received: Moment

    var wantsClose: Bool { headers["connection"]?.lowercased() == "close" }

    /// The value of `name` in the query; "" when it has none.
    func queryValue(_ name: String) -> String? {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.first.map(String.init) == name { return parts.count > 1 ? String(parts[1]) : "" }
        }
        return nil
    }
}
