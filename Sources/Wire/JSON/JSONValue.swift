/// A parsed JSON document: for discovery, for whatever the scanner could not follow, and for what the simulator is
/// asked. Never on the hot path.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// nil when `bytes` is not one JSON document. A byte-order mark before it does no harm.
    package init?(parsing bytes: some Collection<UInt8>) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let document = Array(bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...])
        guard let value = document.withUnsafeBytes(JSONParser.parse) else { return nil }
        self = value
    }

    package subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    package var string: String? { if case .string(let value) = self { value } else { nil } }
    package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// A number without a fraction.
    package var integer: Int? { if case .number(let value) = self { Int(exactly: value) } else { nil } }
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
