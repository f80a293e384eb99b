import Wire

@testable import Simulator

/// What can be made of the bytes of a response so far.
struct Response {
    var status = 0
    var version = ""
    var headers: [String: String] = [:]
    var body: [UInt8] = []
    var isComplete = false
    var isMalformed = false
    var longestChunk = 0

    init(prefixOf bytes: [UInt8]) {
        guard let end = Self.find(Array("\r\n\r\n".utf8), in: bytes, from: 0) else { return }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        version = words.first.map(String.init) ?? ""
        status = words.count > 1 ? Int(words[1]) ?? 0 : 0
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        if let length = headers["content-length"].flatMap({ Int($0) }) {
            body = Array(bytes[(end + 4)...].prefix(length))
            isComplete = body.count == length
        } else if headers["transfer-encoding"] == nil {
            // HTTP/1.0: until the connection ends.
            body = Array(bytes[(end + 4)...])
        } else {
            readChunks(bytes, from: end + 4)
        }
    }

    private mutating func readChunks(_ bytes: [UInt8], from start: Int) {
        var at = start
        while let end = Self.find([13, 10], in: bytes, from: at) {
            guard let size = Int(String(decoding: bytes[at..<end], as: UTF8.self), radix: 16) else {
                isMalformed = true
                return
            }
            guard bytes.count >= end + 2 + size + 2 else { return }
            body += bytes[(end + 2)..<(end + 2 + size)]
            longestChunk = max(longestChunk, size)
            at = end + 2 + size + 2
            if size == 0 {
                isComplete = true
                return
            }
        }
    }

    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= pattern.count, start <= bytes.count - pattern.count else { return nil }
        return (start...(bytes.count - pattern.count)).first {
            bytes[$0] == pattern[0] && bytes[$0..<$0 + pattern.count].elementsEqual(pattern)
        }
    }

    /// Complete, and no stream.
    var isWhole: Bool { isComplete && headers["content-length"] != nil }
    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue? { JSONValue(parsing: body) }

    /// The data of the events, without comments and pings.
    var events: [String] {
        text.replacing("\r\n", with: "\n").split(separator: "\n\n").compactMap { event in
            event.hasPrefix("data: ") ? String(event.dropFirst(6)) : nil
        }
    }

    /// The events that are JSON.
    var chunks: [JSONValue] {
        events.filter { $0 != "[DONE]" }.compactMap { JSONValue(parsing: $0.utf8) }
    }

    var deltas: [JSONValue] { chunks.compactMap { $0["choices"]?.first?["delta"] } }
    var finishReason: String? { chunks.compactMap { $0["choices"]?.first?["finish_reason"]?.string }.last }
    var usage: JSONValue? { chunks.last?["usage"] }
    /// Deltas with text in them, by the name of the field.
    func texts(_ key: String) -> [String] { deltas.compactMap { $0[key]?.string }.filter { !$0.isEmpty } }
}

extension JSONValue {
    var first: JSONValue? {
        if case .array(let elements) = self { elements.first } else { nil }
    }

    var keys: Set<String> {
        if case .object(let members) = self { Set(members.keys) } else { [] }
    }
}
