import Measure
import Testing
import Wire

@testable import Client

/// What well-known tools were seen to get wrong, as far as reading an answer can go wrong by it.
@Suite("Mistakes seen in others: the answer")
struct OthersMistakesTests {
    private let role = Reading.delta("\"role\":\"assistant\",\"content\":\"\"")
    private let done = Reading.event("[DONE]")

    private func text(_ text: String) -> String { Reading.delta("\"content\":\"\(text)\"") }

    private func finish(_ reason: String = "length") -> String {
        Reading.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"\(reason)\"}]}")
    }

    private func milliseconds(_ moment: Moment?) -> Int64? { moment.map { $0.nanoseconds / .millisecond } }

    @Test("the role chunk is not the first token", arguments: ["\"\"", "null"])
    func roleChunk(content: String) {
        let role = Reading.delta("\"role\":\"assistant\",\"content\":\(content)")
        let reading = Reading.of([role, text("a"), text("b"), finish(), done])
        #expect(milliseconds(reading.reader.first) == 110)
        #expect(reading.reader.chunks == 2)
        #expect(reading.arrivals.map(\.gap) == [-1, 10 * .millisecond])
    }

    @Test("comments, pings and empty deltas are no tokens")
    func nothingIsAToken() {
        let reading = Reading.of([
            ": keep-alive\n\n", "event: ping\nid: 7\nretry: 3\n\n", role, Reading.delta("\"content\":\"\""),
            Reading.delta(""), Reading.event("{\"choices\":[]}"), text("a"), finish(), done,
        ])
        #expect(milliseconds(reading.reader.first) == 160)
        #expect(reading.reader.outputTokens == 1)
        #expect(reading.isComplete)
    }

    @Test("TPOT and ITL leave TTFT out: they begin at the first token")
    func tpotBeginsAtTheFirstToken() {
        let reading = Reading.of([role, text("a"), text("b"), text("c"), finish(), done])
        #expect(reading.arrivals.map(\.isFirst) == [true, false, false])
        #expect(milliseconds(reading.reader.last) == 130)
        #expect(reading.arrivals.dropFirst().allSatisfy { $0.gap == 10 * .millisecond })
    }

    @Test("a chunk of several tokens counts as several, where the server says so")
    func chunksAreNotTokens() {
        func chunk(_ total: Int) -> String {
            Reading.delta(
                "\"content\":\"x y z\"",
                more: ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":\(total)}")
        }
        let reading = Reading.of([role, chunk(3), chunk(7), chunk(8), finish(), done])
        #expect(reading.arrivals.map(\.tokens) == [3, 4, 1])
        #expect(reading.reader.firstChunkTokens == 3)
        #expect(reading.reader.outputTokens == 8)
        #expect(reading.reader.tokenSource == .usageStream)
    }

    @Test(
        "reasoning is tokens: TTFT counts from it, the time to first output from what follows",
        arguments: ["reasoning_content", "reasoning"])
    func reasoning(key: String) {
        let thought = Reading.delta("\"content\":null,\"\(key)\":\"hm\"")
        let reading = Reading.of([role, thought, thought, text("a"), finish(), done])
        #expect(milliseconds(reading.reader.first) == 110)
        #expect(milliseconds(reading.reader.firstContent) == 130)
        #expect(reading.reader.chunks == 3)
    }

    @Test("tool calls are tokens")
    func toolCalls() {
        let call = Reading.delta(
            "\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]")
        let reading = Reading.of([role, call, call, finish("tool_calls"), done])
        #expect(reading.reader.chunks == 2)
        #expect(reading.reader.finish == .toolCalls)
        #expect(reading.reader.firstContent == reading.reader.first)
    }

    @Test("the usage-only chunk, with no choices, is usage and nothing else")
    func usageOnlyChunk() {
        let usage = Reading.event(
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":9,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":4}}}")
        let reading = Reading.of([role, text("a"), text("b"), finish(), usage, done])
        #expect(reading.isComplete)
        #expect(milliseconds(reading.reader.last) == 120)
        #expect(reading.reader.outputTokens == 9)
        #expect(reading.reader.usage == TokenUsage(prompt: 5, completion: 9, cached: 4))
        #expect(reading.reader.tokenSource == .usage)
    }

    @Test("no choices at the start (Azure) are no usage")
    func azureFilterResults() {
        let filter = Reading.event("{\"choices\":[],\"prompt_filter_results\":[{\"prompt_index\":0}]}")
        let reading = Reading.of([filter, role, text("a"), finish("stop"), done])
        #expect(reading.isComplete)
        #expect(reading.reader.tokenSource == .chunks)
    }

    @Test("usage of nothing but zeros on every chunk (Ollama), or null (OpenAI), says nothing")
    func voidUsage() {
        for void in ["{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}", "null"] {
            let chunk = Reading.delta("\"content\":\"a\"", more: ",\"usage\":\(void)")
            let reading = Reading.of([chunk, chunk, chunk, finish(), done])
            #expect(reading.reader.outputTokens == 3)
            #expect(reading.reader.tokenSource == .chunks)
            #expect(reading.arrivals.map(\.tokens) == [1, 1, 1])
        }
    }

    @Test("a count that came once, at the beginning, is not taken for the whole")
    func earlyUsage() {
        let early = Reading.delta(
            "\"role\":\"assistant\",\"content\":\"\"",
            more: ",\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":0}")
        let reading = Reading.of([early, text("a"), text("b"), text("c"), finish(), done])
        #expect(reading.reader.outputTokens == 3)
        #expect(reading.reader.tokenSource == .chunks)
        #expect(reading.reader.usage?.prompt == 12)
    }

    @Test("an error inside the stream fails the request, tokens before it or not, [DONE] after it or not")
    func errorInTheStream() {
        for before in [[], [role, text("a")]] {
            let error = Reading.event("{\"error\":{\"message\":\"boom\\u001b[31m\",\"code\":500}}")
            let reading = Reading.of(before + [error, done])
            #expect(reading.failure?.kind == .inStream)
            #expect(reading.failure?.message.text.contains("boom") == true)
            #expect(reading.failure?.message.text.contains("\u{1B}") == false)
        }
    }

    @Test("an error as a plain document with status 200 is a failure, too")
    func errorWithStatus200() {
        var reading = Reading()
        reading.take(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 28\r\n\r\n"
                + "{\"error\":{\"message\":\"boom\"}}")
        #expect(reading.failure?.kind == .notAStream)
        #expect(reading.failure?.message.text.contains("boom") == true)
    }

    @Test("an answer of one token has one arrival and no gap")
    func oneToken() {
        let reading = Reading.of([role, text("a"), finish(), done])
        #expect(reading.reader.first == reading.reader.last)
        #expect(reading.arrivals.map(\.gap) == [-1])
    }
}
