import Measure
import Recording
import Synchronization

/// A recording's entries, a page at a time, read where waiting for a disk holds up nobody.
final class EntryPages: Sendable {
    /// Some entries, and then what went wrong, if anything did. Neither: there are no more.
    struct Page: Sendable {
        var entries: [SessionEntry] = []
        var failure: RecordingError?
    }

    private let stream: Mutex<EntryStream>
    private static let length = 64

    init(of reader: RecordingReader) { stream = Mutex(reader.entries()) }

    func next() async -> Page {
        await FileWork.run {
            self.stream.withLock { stream in
                var page = Page()
                do throws(RecordingError) {
                    while page.entries.count < Self.length, let entry = try stream.next() {
                        page.entries.append(entry)
                    }
                } catch {
                    page.failure = error
                }
                return page
            }
        }
    }
}
