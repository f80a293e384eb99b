package import Measure

/// Takes a page in as it comes, in bounded memory and time: whoever serves it may never stop.
package struct PageIntake: Sendable {
    package static let mostBytes = 8 << 20
    package static let longest = 5 * Nanoseconds.second

    package private(set) var bytes: [UInt8] = []
    private let began: Moment
    private let mostBytes: Int
    private let longest: Nanoseconds

    package init(
        at moment: Moment, mostBytes: Int = Self.mostBytes, longest: Nanoseconds = Self.longest
    ) {
        began = moment
        self.mostBytes = mostBytes
        self.longest = longest
    }

    /// - Throws: as soon as it is clear that nothing will come of it: the connection is to be closed then.
    package mutating func take(_ part: some Collection<UInt8>, at moment: Moment) throws(PageProblem) {
        // A drip that never ends shows here only: whoever reads must have a deadline of its own for silence.
        guard moment - began <= longest else { throw .tooSlow(limit: longest) }
        guard bytes.count + part.count <= mostBytes else { throw .tooLarge(limit: mostBytes) }
        let isFirst = bytes.isEmpty
        bytes.append(contentsOf: part)
        if isFirst, let problem = Self.problem(of: bytes) { throw problem }
    }

    /// What its first bytes give away.
    static func problem(of page: [UInt8]) -> PageProblem? {
        if page.starts(with: [0x1F, 0x8B]) || page.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            return .compressed
        }
        let text = page.prefix(200).drop { $0 <= 32 || $0 >= 0x80 }
        guard text.first == UInt8(ascii: "<") else { return nil }
        return .html
    }
}
