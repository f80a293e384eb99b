import Measure
import Wire

/// Writes JSON with its members in the order given: documents that people read keep their columns' order.
struct JSONText {
    private(set) var text = ""
    private var needsComma = false

    mutating func object(_ members: (inout JSONText) -> Void) { nest("{", "}", members) }

    mutating func array<Element>(_ elements: [Element], _ write: (inout JSONText, Element) -> Void) {
        nest("[", "]") { json in
            for element in elements {
                json.separate()
                write(&json, element)
                json.needsComma = true
            }
        }
    }

    mutating func member(_ name: String, _ write: (inout JSONText) -> Void) {
        separate()
        string(name)
        text += ":"
        write(&self)
        needsComma = true
    }

    mutating func member(_ name: String, _ content: ColumnValue) {
        member(name) { $0.value(content) }
    }

    mutating func value(_ content: ColumnValue) {
        switch content {
        case .text(let text): string(text)
        case .integer(let number): text += "\(number)"
        case .number(let number) where number.isFinite: text += "\(number)"
        case .number, .missing: text += "null"
        }
    }

    mutating func bool(_ flag: Bool) { text += flag ? "true" : "false" }

    private mutating func nest(_ open: String, _ close: String, _ write: (inout JSONText) -> Void) {
        text += open
        needsComma = false
        write(&self)
        text += close
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { text += "," }
        needsComma = false
    }

    private mutating func string(_ value: String) { text += JSONValue.quoted(value) }
}
