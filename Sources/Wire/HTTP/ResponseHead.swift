import Measure

/// The head of an HTTP answer, as far as a load generator cares.
package struct ResponseHead: Hashable, Sendable {
    package var status: Int
    /// Names in lower case, in the order received.
    package var headers: [(name: String, value: String)]
    /// HTTP/1.0: connections end with their answers, unless it is said otherwise.
    package var isOld = false

    package init(status: Int, headers: [(name: String, value: String)]) {
        self.status = status
        self.headers = headers
    }

    package subscript(name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    package var isSuccess: Bool { (200..<300).contains(status) }

    /// The body's length by `content-length`; the same figure said twice is one.
    package var contentLength: Int? { words(of: "content-length").first.flatMap { Int($0) } }

    package var isChunked: Bool { words(of: "transfer-encoding").last == "chunked" }

    /// The server says that it will close the connection after this answer.
    package var closesConnection: Bool {
        let words = words(of: "connection")
        return words.contains("close") || isOld && !words.contains("keep-alive")
    }

    /// The media type alone, in lower case, without parameters.
    package var mediaType: String? {
        self["content-type"].map { value in
            String(value.prefix { $0 != ";" && $0 != " " }).lowercased()
        }
    }

    /// How the body is coded ("gzip"); nil where it is as it is.
    package var coding: String? {
        (words(of: "content-encoding") + words(of: "transfer-encoding"))
            .first { !["", "identity", "none", "chunked", "utf-8", "utf8"].contains($0) }
    }

    /// All words of a list, in lower case, in however many lines it came.
    private func words(of name: String) -> [String] {
        headers.lazy.filter { $0.name == name }.flatMap { header in
            header.value.split(separator: ",").map {
                String($0.drop { $0 == " " || $0 == "\t" }.trimmingTrailingSpace()).lowercased()
            }
        }
    }

    package static func == (left: ResponseHead, right: ResponseHead) -> Bool {
        left.status == right.status && left.headers.elementsEqual(right.headers, by: ==)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(status)
        for header in headers { hasher.combine(header.name) }
    }
}

extension ResponseHead {
    /// `bytes` up to and without the empty line.
    init(parsing bytes: some Collection<UInt8>) throws(WireError) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        guard let statusLine = lines.first(where: { !$0.isEmpty }) else { throw .badHead("it is empty") }
        let words = statusLine.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].utf8.count == 3,
            words[1].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let status = Int(words[1])
        else { throw .badHead("it begins with \"\(Printable.excerpt(statusLine))\"") }
        guard (100..<600).contains(status) else { throw .senselessHead("status \(status)") }
        self.status = status
        isOld = words[0] == "HTTP/1.0"
        headers = lines.drop { $0.isEmpty }.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            return (line[..<colon].lowercased(), String(value.trimmingTrailingSpace()))
        }
        try checkLength()
    }

    /// Where the body ends must be said in one way only: else two readers of the same bytes would each read
    /// another answer.
    private func checkLength() throws(WireError) {
        let lengths = Set(words(of: "content-length"))
        guard lengths.count <= 1 else { throw .senselessHead("two lengths") }
        guard !lengths.isEmpty || self["content-length"] == nil else {
            throw .senselessHead("an empty length")
        }
        if let text = lengths.first {
            let isNumber =
                !text.isEmpty
                && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard isNumber, Int(text) != nil else {
                throw .senselessHead("a length of \"\(Printable.excerpt(text, limit: 40))\"")
            }
        }
        let codings = words(of: "transfer-encoding")
        guard codings.filter({ $0 == "chunked" }).count <= 1,
            codings.last == "chunked" || !codings.contains("chunked")
        else { throw .senselessHead("chunked more than once") }
        if isChunked, !lengths.isEmpty { throw .senselessHead("chunked, and a length as well") }
    }
}

extension Substring {
    fileprivate func trimmingTrailingSpace() -> Substring {
        var text = self
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
