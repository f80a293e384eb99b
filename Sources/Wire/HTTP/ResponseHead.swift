import Measure

/// The head of an HTTP answer, as far as a load generator cares.
public struct ResponseHead: Hashable, Sendable {
    public var status: Int
    /// Names in lower case, in the order received.
    public var headers: [(name: String, value: String)]

    public init(status: Int, headers: [(name: String, value: String)]) {
        self.status = status
        self.headers = headers
    }

    public subscript(name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    public var contentLength: Int? { self["content-length"].flatMap { Int($0) } }

    public var isChunked: Bool {
        self["transfer-encoding"]?.lowercased().hasSuffix("chunked") ?? false
    }

    /// The server says that it will close the connection after this answer.
    public var closesConnection: Bool { self["connection"]?.lowercased() == "close" }

    /// The media type alone, in lower case, without parameters.
    public var mediaType: String? {
        self["content-type"].map { value in
            String(value.prefix { $0 != ";" && $0 != " " }).lowercased()
        }
    }

    public static func == (left: ResponseHead, right: ResponseHead) -> Bool {
        left.status == right.status && left.headers.elementsEqual(right.headers, by: ==)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(status)
        for header in headers { hasher.combine(header.name) }
    }
}

extension ResponseHead {
    /// `bytes` up to and without the empty line.
    init(parsing bytes: some Collection<UInt8>) throws(WireError) {
        let lines = String(decoding: bytes, as: UTF8.self)
            .split(omittingEmptySubsequences: true, whereSeparator: \.isNewline)
        guard let statusLine = lines.first else { throw .badHead("it is empty") }
        let words = statusLine.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].count == 3, let status = Int(words[1])
        else { throw .badHead("it begins with \"\(Printable.excerpt(statusLine))\"") }
        self.status = status
        headers = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            return (line[..<colon].lowercased(), String(value.trimmingTrailingSpace()))
        }
    }
}

extension Substring {
    fileprivate func trimmingTrailingSpace() -> Substring {
        var text = self
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
