import Measure
import Testing
import Wire

@testable import Client

@Suite("Ollama's answers")
struct OllamaAnswerTests {
    static let head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"

    static func line(_ members: String) -> String {
        "{\"model\":\"llama3.2\",\"created_at\":\"2025-07-07T20:22:19.184789Z\",\(members)}\n"
    }

    static func token(_ text: String, as member: String = "content") -> String {
        let empty = member == "content" ? "" : "\"content\":\"\","
        return line("\"message\":{\"role\":\"assistant\",\(empty)\"\(member)\":\"\(text)\"},\"done\":false")
    }

    static func last(_ tokens: Int?, prompt: Int = 40, reason: String = "length", load: Int64? = nil)
        -> String
    {
        let count = tokens.map { ",\"eval_count\":\($0),\"eval_duration\":130079000" } ?? ""
        let load = load.map { ",\"load_duration\":\($0)" } ?? ""
        return line(
            "\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done_reason\":\"\(reason)\",\"done\":true,"
                + "\"total_duration\":174560334\(load),\"prompt_eval_count\":\(prompt)\(count)")
    }

    /// As Go's server sends them: every line in an HTTP chunk of its own.
    static func answer(_ lines: [String]) -> String {
        head + lines.map(Reading.httpChunk).joined() + "0\r\n\r\n"
    }

    private func read(_ text: String, norm: AnswerNorm = AnswerNorm()) -> Reading {
        var reading = Reading(OllamaChat(), norm: norm)
        reading.take(text)
        return reading
    }

    /// Answers, their chunks and tokens.
    static let sound:
        [(lines: [String], chunks: Int, tokens: Int, source: TokenSource, finish: FinishReason)] = [
            ([token("The"), token(" sky"), token(" é\\u00e9🙂"), last(3)], 3, 3, .usage, .length),
            // A chunk may bear several tokens; a last one may have no text.
            ([token("The"), token(" sky"), last(5)], 2, 5, .usage, .length),
            ([token("Hm", as: "thinking"), token("yes"), last(2, reason: "stop")], 2, 2, .usage, .stop),
            ([token("a"), token("b"), last(nil, reason: "stop")], 2, 2, .chunks, .stop),
            (
                [
                    line(
                        "\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":"
                            + "{\"name\":\"get_weather\",\"arguments\":{\"city\":\"Tokyo\"}}}]},\"done\":false"
                    ),
                    last(22, reason: "stop"),
                ], 1, 22, .usage, .stop
            ),
        ]

    @Test("tokens, counts and ends", arguments: sound.indices)
    func byHand(index: Int) throws {
        let expected = Self.sound[index]
        let reading = read(Self.answer(expected.lines))
        #expect(reading.isComplete)
        #expect(reading.reader.chunks == expected.chunks)
        #expect(reading.reader.outputTokens == expected.tokens)
        #expect(reading.reader.tokenSource == expected.source)
        #expect(reading.reader.finish == expected.finish)
        #expect(reading.reader.count.promptTokens == 40)
    }

    @Test("a cut at every single byte gives the same figures", arguments: sound.indices)
    func everyCut(index: Int) throws {
        let bytes = Array(Self.answer(Self.sound[index].lines).utf8)
        // How much of the message's end has come with its last line is the server's doing.
        func figures(_ reading: Reading) -> String {
            reading.figures.replacing("unfinished", with: "reusable")
        }
        let end = bytes.count - "0\r\n\r\n".utf8.count
        let whole = figures(read(String(decoding: bytes, as: UTF8.self)))
        for cut in 1..<bytes.count {
            var reading = Reading(OllamaChat())
            reading.take(bytes[..<cut])
            if cut < end { reading.take(bytes[cut...]) }
            #expect(figures(reading) == whole, "cut at \(cut)")
        }
        for size in [1, 2, 3, 7, 64] {
            var reading = Reading(OllamaChat())
            for start in stride(from: 0, to: bytes.count, by: size) where !reading.isComplete {
                reading.take(bytes[start..<min(bytes.count, start + size)])
            }
            #expect(figures(reading) == whole, "pieces of \(size)")
        }
    }

    @Test("an answer cut off at any byte is a failure, never a success")
    func cutOff() throws {
        let lines = Self.sound[0].lines
        let bytes = Array(Self.answer(lines).utf8)
        let end = Reading.httpChunk(lines[3]).utf8.count + "0\r\n\r\n".utf8.count
        for cut in 0..<(bytes.count - end) {
            var reading = Reading(OllamaChat())
            reading.take(bytes[..<cut])
            reading.connectionEnds()
            #expect(reading.failure?.kind == .closedEarly, "cut at \(cut)")
        }
    }

    @Test(
        "what goes wrong is said in the server's words",
        arguments: [
            (
                answer([token("a"), line("\"error\":\"CUDA error: out of memory\"")]), FailureKind.inStream,
                "CUDA error"
            ),
            (answer(["{\"error\":\"unexpected EOF\"}\n"]), .inStream, "unexpected EOF"),
            // Its line end never came.
            (
                answer([token("a"), "{\"error\":\"model runner has stopped\"}"]), .inStream,
                "runner has stopped"
            ),
            (answer([token("a"), last(1, reason: "aborted")]), .inStream, "aborted"),
            (answer([token("a"), "{\"message\":{\"content\":\"b\"\n"]), .malformed, "not JSON"),
            (answer([last(nil)]), .noTokens, "no token"),
            (answer([]), .noTokens, "nothing in its body"),
            (answer([token("a")]), .closedEarly, "it has no finish reason, usage or “done”"),
            (
                "HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: 41\r\n\r\n"
                    + "{\"error\":\"model 'mistral' not found\"}    ", .notFound, "model 'mistral' not found"
            ),
            (
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<html></html>",
                .notAStream, "instead of a stream of JSON lines"
            ),
        ])
    func failures(text: String, kind: FailureKind, words: String) throws {
        var norm = AnswerNorm()
        norm.endMarks = [.finish, .usage, .done]
        let failure = try #require(read(text, norm: norm).failure)
        #expect(failure.kind == kind)
        #expect(failure.message.text.contains(words), "\(failure.message)")
    }

    @Test("lines that a proxy has made events of are read as well")
    func asEvents() {
        let events = Self.sound[0].lines.map { "data: \($0)\n" } + ["data: [DONE]\n\n"]
        let reading = read(Reading.chunked(events))
        #expect(reading.isComplete)
        #expect(reading.reader.outputTokens == 3)
    }

    @Test("times are those of the reads")
    func times() {
        var reading = Reading(OllamaChat())
        reading.take(Self.head)
        for (index, line) in Self.sound[0].lines.enumerated() {
            reading.take(Reading.httpChunk(line), at: 100 + 10 * Int64(index))
        }
        #expect(reading.isComplete)
        #expect(reading.reader.first == Moment(nanoseconds: 100 * .millisecond))
        #expect(reading.reader.last == Moment(nanoseconds: 120 * .millisecond))
        #expect(reading.arrivals.map(\.gap) == [-1, 10 * .millisecond, 10 * .millisecond])
    }
}
