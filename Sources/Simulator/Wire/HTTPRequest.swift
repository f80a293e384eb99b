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
    /// HTTP/1.0: it knows no chunks, and its connection ends with the answer unless it says otherwise.
    var isOld: Bool
    /// When its last byte was read.
    var received: Moment

    /// Whether the connection ends with the answer.
    var wantsClose: Bool {
        let options = (headers["connection"] ?? "").lowercased().split(separator: ",").map { word in
            word.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
        }
        return options.contains("close") || (isOld && !options.contains("keep-alive"))
    }

    /// The value of `name` in the query; "" when it has none.
    func queryValue(_ name: String) -> String? {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.first.map(String.init) == name { return parts.count > 1 ? String(parts[1]) : "" }
        }
        return nil
    }
}
