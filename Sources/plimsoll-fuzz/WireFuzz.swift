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
        precondition(lines(bytes, step: max(1, bytes.count)) == lines(bytes, step: step))
        scan(bytes)
        look(bytes)
    }

    /// What looks at a body's beginning, or at a body that is no stream.
    private static func look(_ bytes: [UInt8]) {
        for (saysEvents, framing) in [(true, Framing.events), (false, .events), (false, .lines)] {
            let whole = BodyShape(of: bytes, saysEvents: saysEvents, framing: framing)
            for count in 0..<min(bytes.count, 16) {
                let part = BodyShape(of: bytes[..<count], saysEvents: saysEvents, framing: framing)
                precondition(part == .undecided || part == whole, "\(count) bytes show it otherwise")
            }
            switch whole {
            case .events(let start), .lines(let start): precondition(start <= bytes.count)
            case .undecided, .plain, .coded: continue
            }
        }
        _ = HTMLPage.title(of: bytes)
        _ = HTMLPage.isPage(bytes)
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
        for event in reading.events { scan(Array(event.dropFirst())) }
        return reading
    }

    /// The events' data; an error's with a mark before it.
    private static func events(_ bytes: [UInt8], step: Int) -> [[UInt8]] {
        var splitter = EventSplitter()
        var found: [[UInt8]] = []
        func note(_ data: some Sequence<UInt8>) { found.append((splitter.isError ? [0x21] : [0x20]) + data) }
        for start in stride(from: 0, to: bytes.count, by: step) {
            let piece = Array(bytes[start..<min(bytes.count, start + step)])
            var offset = 0
            var goesOn = true
            while goesOn {
                piece.withUnsafeBytes { pointer in
                    do throws(WireError) {
                        switch try splitter.next(pointer, from: &offset, upTo: pointer.count) {
                        case .needsMore: goesOn = false
                        case .event(let range): note(pointer[range])
                        case .carriedEvent: note(splitter.carried)
                        }
                    } catch {
                        goesOn = false
                    }
                }
            }
        }
        if case .carriedEvent? = try? splitter.finish() { note(splitter.carried) }
        return found
    }

    private static func lines(_ bytes: [UInt8], step: Int) -> [[UInt8]] {
        var splitter = LineSplitter()
        var found: [[UInt8]] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            let piece = Array(bytes[start..<min(bytes.count, start + step)])
            var offset = 0
            var goesOn = true
            while goesOn {
                piece.withUnsafeBytes { pointer in
                    switch try? splitter.next(pointer, from: &offset, upTo: pointer.count) {
                    case .event(let range): found.append(Array(pointer[range]))
                    case .carriedEvent: found.append(splitter.carried)
                    case .needsMore, nil: goesOn = false
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
            _ = OddEvent.isHarmless(pointer)
        }
        _ = JSONValue(parsing: event)?.errorMessage
    }
}
