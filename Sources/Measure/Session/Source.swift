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
    /// Whose readings it brings; nil for a load, a recording, and what only a later program knows.
    package var role: SourceRole?

    /// What the GPUs of the machine itself are called, as against those of an exporter's page.
    package static let ownGPUs: Shown = "this machine's GPUs"

    package init(id: SourceID, name: Shown, loops: [UInt16] = [], role: SourceRole? = nil) {
        self.id = id
        self.name = name
        self.loops = loops
        self.role = role
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        id = try members.decode(SourceID.self, forKey: .id)
        name = try members.decode(Shown.self, forKey: .name)
        loops = try members.decode([UInt16].self, forKey: .loops)
        role = try? members.decodeIfPresent(SourceRole.self, forKey: .role)
    }
}

/// Whose readings a source brings.
package enum SourceRole: Hashable, Sendable, Codable {
    /// A server's page of metrics.
    case server(WatchedServer)
    /// GPUs: this machine's, or those of an exporter's page.
    case gpus
}

/// A server whose page of metrics is read.
package struct WatchedServer: Hashable, Sendable, Codable {
    /// Without user name, password or query secrets.
    package var url: String
    /// Short, for narrow columns: ":8000", "gpu01:8000".
    package var label: String
    /// The endpoint of a sweep that is the same server; nil in a watch.
    package var endpoint: EndpointID?
    /// The port that it listens on, where that is on this machine.
    package var localPort: Int?

    package init(url: String, label: String, endpoint: EndpointID? = nil, localPort: Int? = nil) {
        self.url = url
        self.label = label
        self.endpoint = endpoint
        self.localPort = localPort
    }
}

/// Unique in a session, from 0 in the order of joining.
package struct SourceID: Hashable, Comparable, Sendable, Codable {
    package var index: UInt16

    package init(_ index: Int) { self.index = UInt16(clamping: index) }

    package static func < (left: SourceID, right: SourceID) -> Bool { left.index < right.index }
}
