import Measure
import Testing

@testable import Wire

private func scan(_ text: String, _ dialect: any Dialect = ChatCompletions()) -> StreamChunk? {
    Array(text.utf8).withUnsafeBytes { dialect.scan($0) }
}

/// Events, and what kind of token each bears.
private let contents: [(String, StreamChunk.Content)] = [
    (#"{"choices":[{"delta":{"role":"assistant","content":""}}]}"#, []),
    (#"{"choices":[{"delta":{"role":"assistant","content":null}}]}"#, []),
    (#"{"choices":[{"delta":{}}]}"#, []),
    (#"{"choices":[{"delta":{"content":"a"}}]}"#, .text),
    (#"{"choices" : [ { "delta" : { "content" : "\"" } } ] }"#, .text),
    (#"{"choices":[{"delta":{"reasoning_content":"hm"}}]}"#, .reasoning),
    (#"{"choices":[{"delta":{"reasoning":"hm","content":""}}]}"#, .reasoning),
    (#"{"choices":[{"delta":{"reasoning":"hm","content":"a"}}]}"#, [.text, .reasoning]),
    (
        #"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":""}}]}}]}"#,
        .toolCall
    ),
    (#"{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"{\"a\":"}}]}}]}"#, .toolCall),
    (#"{"choices":[{"delta":{"tool_calls":[]}}]}"#, []),
    (#"{"choices":[],"prompt_filter_results":[{"x":[1,{"y":"]"}]}]}"#, []),
    (#"{"choices":[{"delta":{"content":"x"},"logprobs":{"content":[{"token":"}"}]},"index":0}]}"#, .text),
]

@Suite struct DialectTests {
    // The role chunk taken as the first token, reasoning ignored, empty deltas counted: each of these is a
    // mistake seen in a well-known tool.
    @Test(arguments: contents)
    func content(text: String, expected: StreamChunk.Content) throws {
        let chunk = try #require(scan(text))
        #expect(chunk.content == expected)
        #expect(!chunk.isError)
    }

    @Test func usageFinishAndDone() throws {
        let last = try #require(
            scan(
                #"{"choices":[],"usage":{"completion_tokens":26,"prompt_tokens":36,"prompt_tokens_details":{"cached_tokens":16}}}"#
            ))
        #expect(last.usage == TokenUsage(prompt: 36, completion: 26, cached: 16))
        #expect(scan(#"{"choices":[],"usage":null}"#)?.usage == nil)
        // Ollama's all-zero usage on each chunk says nothing.
        #expect(scan(#"{"choices":[],"usage":{"prompt_tokens":0,"completion_tokens":0}}"#)?.usage == nil)
        #expect(scan(#"{"choices":[{"delta":{},"finish_reason":"length"}]}"#)?.finish == .length)
        #expect(scan(#"{"choices":[{"delta":{},"finish_reason":"content_filter"}]}"#)?.finish == .other)
        #expect(scan(#"{"choices":[{"delta":{},"finish_reason":null}]}"#)?.finish == nil)
        #expect(scan("[DONE]")?.isDone == true)
        #expect(scan(" [DONE] ")?.isDone == true)
    }

    @Test(arguments: [
        #"{"error":{"message":"boom","code":500}}"#, #"{"object":"error","message":"boom"}"#,
        #"{"error":"boom"}"#,
    ])
    func anErrorInTheStream(text: String) throws {
        #expect(try #require(scan(text)).isError)
        #expect(JSONValue(parsing: text.utf8)?.errorMessage == "boom")
    }

    @Test func noError() {
        #expect(scan(#"{"error":null,"choices":[]}"#)?.isError == false)
    }

    @Test(arguments: [
        "", "{", "{}x", "[", "nonsense", #"{"choices":[{"delta":{"content":"a"}}"#, #"{"choices":"#,
        #"{"choices":[{"delta":{"content":"a}}]}"#, "<html>", #"{"a":}"#, #"{"a" 1}"#,
    ])
    func whatCannotBeReadIsSaidSo(text: String) {
        #expect(scan(text) == nil)
        #expect(scan(text, TextCompletions()) == nil)
    }

    @Test func textCompletions() throws {
        let chunk = try #require(
            scan(#"{"choices":[{"text":" a","finish_reason":"length"}]}"#, TextCompletions()))
        #expect(chunk.content == .text)
        #expect(chunk.finish == .length)
        #expect(scan(#"{"choices":[{"text":""}]}"#, TextCompletions())?.content == [])
    }

    @Test(arguments: Capture.streams)
    func capturedStreams(path: String) throws {
        let dialect: any Dialect = path.contains("completions-usage") ? TextCompletions() : ChatCompletions()
        let chunks = try events(in: Capture.bytes(path).pieces(cutAt: [])).map { event in
            try #require(scan(event, dialect))
        }
        #expect(chunks.last?.isDone == true)
        #expect(chunks.contains { $0.finish != nil })
        let tokens = chunks.filter { !$0.content.isEmpty }.count
        let usage = chunks.last { $0.usage != nil }?.usage
        if path.contains("nousage") {
            // llama.cpp tells its timings all the same.
            #expect(usage?.isMakeshift == (path.hasPrefix("llama") ? true : nil))
        } else {
            let completion = try #require(usage?.completion)
            // vLLM packs several tokens into a chunk when its engine outruns its writer, and a last token
            // without text (end of sequence) bears no chunk: chunks are not tokens.
            #expect((completion / 2...completion).contains(tokens), "\(tokens) chunks, \(completion) tokens")
        }
    }

    @Test func randomBytesNeverTrap() throws {
        var random = SplitMix64(seed: 11)
        let sample = try events(in: Capture.bytes("vllm/chat-continuous-usage.sse").pieces(cutAt: []))[3]
        for _ in 0..<5000 {
            var bytes = Array(sample.utf8)
            for _ in 0..<Int(random.next() % 6) {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            let kept = Array(bytes.prefix(Int(random.next() % UInt64(bytes.count + 1))))
            _ = kept.withUnsafeBytes { ChatCompletions().scan($0) }
            _ = kept.withUnsafeBytes { TextCompletions().scan($0) }
        }
    }

    @Test func requestBodies() {
        let shape = RequestShape(
            model: "a\"b", outputTokens: 7,
            fields: [.includeUsage, .continuousUsage, .ignoreEOS, .minTokens, .temperature])
        let template = ChatCompletions().template(for: shape)
        let body = template.prefix + Array("hello".utf8) + template.suffix
        let value = JSONValue(parsing: body)
        #expect(value?["model"]?.string == "a\"b")
        #expect(value?["messages"]?.array?.first?["content"]?.string == "hello")
        #expect(value?["max_tokens"]?.integer == 7)
        #expect(value?["min_tokens"]?.integer == 7)
        #expect(value?["ignore_eos"] == .bool(true))
        #expect(value?["stream_options"]?["continuous_usage_stats"] == .bool(true))
        let bare = TextCompletions().template(
            for: RequestShape(model: "m", outputTokens: 1, fields: [.maxCompletionTokens]))
        let plain = JSONValue(parsing: bare.prefix + Array("x".utf8) + bare.suffix)
        #expect(plain?["max_completion_tokens"]?.integer == 1)
        #expect(plain?["stream_options"] == nil)
        #expect(plain?["prompt"]?.string == "x")
    }
}
