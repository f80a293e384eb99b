/// Whatever brings entries in: the load, a server's metrics, the GPUs, a recording.
package protocol Source: Sendable {
    var info: SourceInfo { get }

    /// Says what there is to say, each thing in its order, until that is all, or its task is cancelled.
    func run(into taker: any EntryTaker) async throws
}

/// Whoever takes what sources say.
package protocol EntryTaker: Sendable {
    func take(_ entry: SessionEntry) async
}

/// A source as it joins a session.
package struct SourceInfo: Hashable, Sendable, Codable {
    package var id: SourceID
    /// What it is, for people.
    package var name: Shown
    /// The event loops whose batches are its own: the source has delivered everything before the moment up to
    /// which the slowest of them has. None, where it brings readings or events alone: those are not waited for.
    package var loops: [UInt16]

    package init(id: SourceID, name: Shown, loops: [UInt16] = []) {
        self.id = id
        self.name = name
        self.loops = loops
    }
}

/// Unique in a session, from 0 in the order of joining.
package struct SourceID: Hashable, Comparable, Sendable, Codable {
    package var index: UInt16

    package init(_ index: Int) { self.index = UInt16(clamping: index) }

    package static func < (left: SourceID, right: SourceID) -> Bool { left.index < right.index }
}
