import Measure
import Wire

/// Finds the end of a stream in its bytes: an answer is complete at its `[DONE]`, or what its API has, whatever the
/// connection does after it. Events that report an error end it as well.
struct StreamEnd {
    private let dialect: any Dialect
    private var line: [UInt8] = []
    /// Nothing that counts will come any more. (The last event's empty line may still be missing.)
    private(set) var isReached = false

    /// Longer lines are no end.
    private static let lineLimit = 8 * 1024

    init(dialect: any Dialect) { self.dialect = dialect }

    mutating func take(_ bytes: some Sequence<UInt8>) {
        for byte in bytes where !isReached {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): endLine()
            default: if line.count < Self.lineLimit { line.append(byte) }
            }
        }
    }

    private mutating func endLine() {
        defer { line.removeAll(keepingCapacity: true) }
        // One of lines may have been made one of events on the way.
        let isData = line.starts(with: "data:".utf8)
        guard line.count < Self.lineLimit, isData || type(of: dialect).framing == .lines else { return }
        let value = line.dropFirst(isData ? 5 : 0).drop { $0 == 0x20 }
        let chunk = Array(value).withUnsafeBytes { dialect.scan($0) }
        isReached = chunk?.isDone == true || chunk?.isError == true
    }
}
