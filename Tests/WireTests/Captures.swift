import Foundation
import Testing

@testable import Wire

/// What real servers sent, as captured off the socket.
enum Capture {
    static func bytes(_ path: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Captures", withExtension: nil))
        return Array(try Data(contentsOf: url.appendingPathComponent(path)))
    }

    static let streams = ["llama", "vllm"].flatMap { server in
        [
            "chat-usage", "chat-nousage", "chat-continuous-usage", "chat-ignore-eos", "chat-logprobs",
            "completions-usage",
        ].map { "\(server)/\($0).sse" }
    }
}

extension [UInt8] {
    /// Cuts at the given offsets.
    func pieces(cutAt cuts: [Int]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        for cut in cuts + [count] where cut > start {
            pieces.append(self[start..<cut])
            start = cut
        }
        return pieces
    }
}

/// The events of a body that arrives in the given pieces.
func events(in pieces: some Sequence<ArraySlice<UInt8>>) throws -> [String] {
    var splitter = EventSplitter()
    var found: [String] = []
    for piece in pieces {
        try Array(piece).withUnsafeBytes { bytes in
            var offset = 0
            loop: while true {
                switch try splitter.next(bytes, from: &offset, upTo: bytes.count) {
                case .needsMore: break loop
                case .event(let range): found.append(String(decoding: bytes[range], as: UTF8.self))
                case .carriedEvent: found.append(String(decoding: splitter.carried, as: UTF8.self))
                }
            }
        }
    }
    if case .carriedEvent = try splitter.finish() {
        found.append(String(decoding: splitter.carried, as: UTF8.self))
    }
    return found
}
