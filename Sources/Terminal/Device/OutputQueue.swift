/// Bytes on their way to a terminal that may not take them now.
struct OutputQueue {
    private var bytes: [UInt8] = []
    private var head = 0
    /// Taken by the terminal, ever.
    private(set) var written = 0

    enum Outcome: Equatable {
        case empty
        /// The terminal takes no more now.
        case full
        case failed(errno: Int32)
    }

    var isEmpty: Bool { head == bytes.count }
    var count: Int { bytes.count - head }

    mutating func append(_ more: some Sequence<UInt8>) {
        if isEmpty { drop() }
        bytes.append(contentsOf: more)
    }

    mutating func drop() {
        bytes.removeAll(keepingCapacity: true)
        head = 0
    }

    /// Hands bytes to `write` until there are none, or it takes no more. `write` answers how many it took,
    /// 0 for none now, or a negative errno.
    mutating func flush(_ write: (UnsafeRawBufferPointer) -> Int) -> Outcome {
        while !isEmpty {
            let taken = bytes.withUnsafeBytes { write(UnsafeRawBufferPointer(rebasing: $0[head...])) }
            guard taken >= 0 else { return .failed(errno: Int32(clamping: -taken)) }
            guard taken > 0 else { return .full }
            head = min(head + taken, bytes.count)
            written += taken
        }
        drop()
        return .empty
    }
}
