import Measure

/// A `ControlEvent` out of a file: one of a kind that a later program knows is no damage.
struct RecordedEvent {
    /// nil: of a kind unknown here.
    var known: ControlEvent?

    init(from text: String) throws {
        do {
            known = try RecordingJSON.decode(ControlEvent.self, from: text)
        } catch {
            let kind = try RecordingJSON.decode(Kind.self, from: text)
            guard !ControlEvent.kinds.contains(kind.name) else { throw error }
        }
    }

    /// The one key of an event's JSON, whatever it holds.
    private struct Kind: Decodable {
        var name: String

        init(from decoder: any Decoder) throws {
            let keys = try decoder.container(keyedBy: AnyKey.self).allKeys
            guard keys.count == 1, let key = keys.first else { throw SenselessRow() }
            name = key.stringValue
        }
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
