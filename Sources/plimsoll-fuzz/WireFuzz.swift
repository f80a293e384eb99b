import Wire

/// What a server may send, thrown at everything that reads a server's bytes. Traps where the same bytes,
/// cut differently, mean something else.
enum WireFuzz {
    /// The first byte says where to cut; the rest is a whole connection's bytes.
    static func run(_ input: UnsafeRawBufferPointer) {
        guard let first = input.first else { return }
        let bytes = Array(input.dropFirst())
        let step = 1 + Int(first) % 64
        let whole = read(bytes, step: max(1, bytes.count))
        let cut = read(bytes, step: step)
        precondition(whole == cut, "cut every \(step) bytes it reads differently")
        // And as a body without HTTP around it, which reaches deeper sooner.
        precondition(events(bytes, step: max(1, bytes.count)) == events(bytes, step: step))
        scan(bytes)
    }

    private struct Reading: Equatable {
        var status: Int?
        var events: [[UInt8]] = []
        var ended = false
        var failed = false
    }

    private static func read(_ bytes: [UInt8], step: Int) -> Reading {
        var decoder = ResponseDecoder()
        var reading = Reading()
        var body: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            let piece = Array(bytes[start..<min(bytes.count, start + step)])
            var offset = 0
            var goesOn = true
            while goesOn, !reading.failed, !reading.ended {
                piece.withUnsafeBytes { pointer in
                    do throws(WireError) {
                        switch try decoder.next(pointer, from: &offset) {
                        case .needsMore: goesOn = false
                        case .head(let head): reading.status = head.status
                        case .body(let range): body.append(contentsOf: pointer[range])
                        case .end: reading.ended = true
                        }
                    } catch {
                        reading.failed = true
                    }
                }
            }
        }
        reading.events = events(body, step: max(1, body.count))
        for event in reading.events { scan(event) }
        return reading
    }

    private static func events(_ bytes: [UInt8], step: Int) -> [[UInt8]] {
        var splitter = EventSplitter()
        var found: [[UInt8]] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            let piece = Array(bytes[start..<min(bytes.count, start + step)])
            var offset = 0
            var goesOn = true
            while goesOn {
                piece.withUnsafeBytes { pointer in
                    do throws(WireError) {
                        switch try splitter.next(pointer, from: &offset, upTo: pointer.count) {
                        case .needsMore: goesOn = false
                        case .event(let range): found.append(Array(pointer[range]))
                        case .carriedEvent: found.append(splitter.carried)
                        }
                    } catch {
                        goesOn = false
                    }
                }
            }
        }
        if case .carriedEvent? = try? splitter.finish() { found.append(splitter.carried) }
        return found
    }

    private static func scan(_ event: [UInt8]) {
        event.withUnsafeBytes { pointer in
            for dialect in Dialects.all { _ = dialect.init().scan(pointer) }
        }
        _ = JSONValue(parsing: event)?.errorMessage
    }
}
