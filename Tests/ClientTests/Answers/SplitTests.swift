import Measure
import Testing
import Wire

@testable import Client

@Suite("Answers of real servers")
struct SplitTests {
    private func dialect(_ path: String) -> any Dialect {
        path.contains("completions-") ? TextCompletions() : ChatCompletions()
    }

    /// As sent: every event in an HTTP chunk of its own.
    private func answer(_ path: String) throws -> [UInt8] {
        let text = String(decoding: try Capture.bytes(path), as: UTF8.self)
        let events = text.split(separator: "\n\n", omittingEmptySubsequences: true).map { "\($0)\n\n" }
        return Array(Reading.chunked(events).utf8)
    }

    private func figures(_ bytes: [UInt8], _ path: String, pieces: some Sequence<Int>) -> String {
        var reading = Reading(dialect(path))
        var start = 0
        for length in pieces {
            guard start < bytes.count else { break }
            let end = min(bytes.count, start + max(1, length))
            reading.take(bytes[start..<end])
            start = end
        }
        if start < bytes.count { reading.take(bytes[start...]) }
        return reading.figures
    }

    @Test(
        "the figures are those that can be counted by hand",
        arguments: [
            ("llama/chat-usage.sse", 25, 26, TokenSource.usage), ("vllm/chat-usage.sse", 25, 26, .usage),
            ("llama/chat-nousage.sse", 8, 8, .usage), ("vllm/chat-nousage.sse", 8, 8, .chunks),
            ("vllm/chat-continuous-usage.sse", 25, 26, .usageStream),
            ("llama/chat-ignore-eos.sse", 64, 64, .usage),
            ("vllm/completions-usage.sse", 16, 16, .usage),
            ("llama/completions-usage.sse", 16, 16, .usage),
        ])
    func byHand(path: String, chunks: Int, tokens: Int, source: TokenSource) throws {
        var reading = Reading(dialect(path))
        reading.take(try answer(path))
        #expect(reading.isComplete)
        #expect(reading.reader.chunks == chunks)
        #expect(reading.reader.outputTokens == tokens)
        #expect(reading.reader.tokenSource == source)
        #expect(reading.arrivals.count == chunks)
    }

    @Test("pieces of any size give the same figures", arguments: Capture.streams)
    func piecesOfAnySize(path: String) throws {
        let bytes = try answer(path)
        let whole = figures(bytes, path, pieces: [bytes.count])
        #expect(whole.contains("complete"))
        for size in [1, 2, 3, 7, 64, 1000] {
            #expect(figures(bytes, path, pieces: repeatElement(size, count: bytes.count)) == whole)
        }
    }

    @Test("random pieces give the same figures", arguments: Capture.streams)
    func randomPieces(path: String) throws {
        let bytes = try answer(path)
        let whole = figures(bytes, path, pieces: [bytes.count])
        var random = SplitMix64(seed: 7)
        for _ in 0..<20 {
            let pieces = (0..<bytes.count).map { _ in Int(random.next() % 90) }
            #expect(figures(bytes, path, pieces: pieces) == whole)
        }
    }

    @Test("a cut at every single byte gives the same figures")
    func everyCut() throws {
        let path = "vllm/chat-nousage.sse"
        let bytes = try answer(path)
        let whole = figures(bytes, path, pieces: [bytes.count])
        for cut in 1..<bytes.count { #expect(figures(bytes, path, pieces: [cut]) == whole) }
    }

    @Test("an answer cut off at any byte is a failure, never a success", arguments: [nil, true])
    func cutOff(isReset: Bool?) throws {
        let bytes = try answer("llama/chat-nousage.sse")
        let done = Reading.httpChunk("data: [DONE]\n\n").utf8.count + "0\r\n\r\n".utf8.count
        for cut in stride(from: 0, to: bytes.count - done, by: 3) {
            var reading = Reading()
            reading.take(bytes[..<cut])
            let reset = RequestFailure(kind: .connectionReset, message: "reset")
            reading.connectionEnds(isReset == true ? reset : nil)
            #expect(reading.failure?.kind == (isReset == true ? .connectionReset : .closedEarly))
        }
    }

    @Test("random bytes fail in some way, and never trap")
    func randomBytes() {
        var random = SplitMix64(seed: 11)
        for round in 0..<300 {
            var reading = Reading()
            if round % 3 > 0 { reading.take(Reading.streamHead) }
            for _ in 0..<4 where reading.failure == nil {
                let bytes = (0..<200).map { _ in UInt8(truncatingIfNeeded: random.next()) }
                if round % 3 == 2 {
                    reading.take("c8\r\n".utf8 + bytes + "\r\n".utf8)
                } else {
                    reading.take(bytes)
                }
            }
            if reading.failure == nil { reading.connectionEnds() }
            #expect(!reading.isComplete)
        }
    }
}
