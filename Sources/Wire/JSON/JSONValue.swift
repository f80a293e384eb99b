import FoundationEssentials

/// A parsed JSON document: for discovery and for whatever the scanner could not follow. Never on the hot
/// path.
package enum JSONValue: Hashable, Sendable, Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// nil when `bytes` is not one JSON document. A byte-order mark before it does no harm.
    package init?(parsing bytes: some Collection<UInt8>) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else { return nil }
        self = value
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    package subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    package var string: String? { if case .string(let value) = self { value } else { nil } }
    package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    package var int: Int? { if case .number(let value) = self { Int(exactly: value) } else { nil } }
}

extension JSONValue {
    /// What a server says went wrong, in any of the shapes in use: `{"error":{"message"}}`,
    /// `{"error":"…"}`, `{"message"}`, `{"detail"}`, and their like; in a list, that of its first.
    package var errorMessage: String? {
        let candidates = [
            self["error"]?["message"], self["error"], self["message"], self["detail"]?["message"],
            self["detail"],
            self["detail"]?.array?.first?["msg"], self["errors"]?.array?.first,
            self["errors"]?.array?.first?["message"], self["msg"], self["error_msg"], self["error_message"],
            self["errorMessage"], self["exception"], self["base_resp"]?["status_msg"],
        ]
        if let inner = array?.first, case .object = inner { return inner.errorMessage }
        return candidates.lazy.compactMap { $0?.string }.first { !$0.isEmpty }
    }
}

extension JSONValue {
    /// A JSON string literal, quotes included.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
