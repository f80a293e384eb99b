/// An endpoint's place in the session, from 0 in the order of the command line.
public struct EndpointID: Hashable, Comparable, Sendable, Codable {
    public var index: UInt16

    @inlinable public init(_ index: Int) { self.index = UInt16(clamping: index) }

    public static func < (left: EndpointID, right: EndpointID) -> Bool { left.index < right.index }

    public init(from decoder: any Decoder) throws {
        index = try decoder.singleValueContainer().decode(UInt16.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(index)
    }
}
