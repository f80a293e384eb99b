/// An endpoint's place in the session, from 0 in the order of the command line.
package struct EndpointID: Hashable, Comparable, Sendable, Codable {
    package var index: UInt16

    @inlinable package init(_ index: Int) { self.index = UInt16(clamping: index) }

    package static func < (left: EndpointID, right: EndpointID) -> Bool { left.index < right.index }

    package init(from decoder: any Decoder) throws {
        index = try decoder.singleValueContainer().decode(UInt16.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(index)
    }
}
