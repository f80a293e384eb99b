import Measure
import Wire

/// The rest of an HTTP message whose answer was over before it: read away, so that the connection can be
/// used again. A state machine without I/O.
struct Draining {
    enum Status: Hashable {
        case goesOn
        /// The message is over, and the server keeps the connection.
        case reusable
        /// The connection is good for nothing more; bytes that nobody asked for, if that is why.
        case spoiled(unasked: Int)
    }

    static let timeLimit = WireLimits.drainMilliseconds * .millisecond

    private var decoder: ResponseDecoder
    private let closesAtEnd: Bool
    private var bytesLeft = WireLimits.drainBytes

    init(_ decoder: ResponseDecoder, closesAtEnd: Bool) {
        self.decoder = decoder
        self.closesAtEnd = closesAtEnd
    }

    mutating func read(_ bytes: UnsafeRawBufferPointer) -> Status {
        bytesLeft -= bytes.count
        guard bytesLeft >= 0 else { return .spoiled(unasked: 0) }
        var offset = 0
        while true {
            guard let output = try? decoder.next(bytes, from: &offset) else { return .spoiled(unasked: 0) }
            switch output {
            case .needsMore: return .goesOn
            case .head, .body: continue
            case .end:
                if offset < bytes.count { return .spoiled(unasked: bytes.count - offset) }
                return closesAtEnd ? .spoiled(unasked: 0) : .reusable
            }
        }
    }
}
