import Measure
import Testing

@testable import Wire

private func scan(_ text: String, _ dialect: any Dialect = ChatCompletions()) -> StreamChunk? {
    Array(text.utf8).withUnsafeBytes { dialect.scan($0) }
}

/// Deltas, and what they bear.
private let deltas: [(String, StreamChunk.Content)] = [
    // Lists of parts, nested ones, objects with a text inside.
    (#"{"content":[{"type":"text","text":"a"}]}"#, .text),
    (#"{"content":[{"type":"text","text":""}]}"#, []),
    (#"{"content":[]}"#, []),
    (#"{"content":["a"]}"#, .text),
    (#"{"content":{"type":"text","text":"a"}}"#, .text),
    (#"{"content":{"parts":[{"text":"a"}]}}"#, .text),
    (#"{"content":[{"type":"output_text","text":{"value":"a","annotations":[]}}]}"#, .text),
    (#"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"a"}]}]}"#, .reasoning),
    (#"{"content":[{"type":"thinking","thinking":[{"type":"text","text":""}]}]}"#, []),
    (#"{"content":[{"text":"a","type":"thinking"}]}"#, .reasoning),
    (
        #"{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"a","signature":"xyz"}]}]}"#,
        .reasoning
    ),
    (
        #"{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"","signature":"xyz"}]}]}"#,
        []
    ),
    (#"{"content":[{"type":"thinking","thinking":"a"},{"type":"text","text":"b"}]}"#, [.text, .reasoning]),
    (#"{"content":[{"type":"reference","reference_ids":["1","2"]}]}"#, []),
    (#"{"content":[{"type":"image_url","image_url":{"url":"data:x"}}]}"#, []),
    (#"{"reasoning":{"text":"a"}}"#, .reasoning),
    (#"{"reasoning_content":{"text":"a"}}"#, .reasoning),
    (#"{"reasoning_content":[{"type":"text","text":"a"}]}"#, .reasoning),
    (#"{"reasoning":{"effort":null,"content":[{"text":"a"}]}}"#, .reasoning),
    (
        #"{"content":"","reasoning_details":[{"type":"reasoning.text","text":"a","format":"x","index":0}]}"#,
        .reasoning
    ),
    (#"{"reasoning_details":[{"type":"reasoning.summary","summary":"a"}]}"#, .reasoning),
    (#"{"reasoning_details":[{"type":"reasoning.encrypted","data":"abc","id":"r1","format":"x"}]}"#, []),
    (#"{"reasoning_text":"a"}"#, .reasoning),
    (#"{"thinking":"a"}"#, .reasoning),
    (#"{"thinking_blocks":[{"type":"thinking","thinking":"a","signature":"s"}]}"#, .reasoning),
    (#"{"thinking_blocks":[{"type":"thinking","thinking":"","signature":"s"}]}"#, []),
    (#"{"thought":"a"}"#, .reasoning),
    // Calls.
    (#"{"function_call":{"name":"f","arguments":""}}"#, .toolCall),
    (#"{"function_call":{"arguments":"{\"a\""}}"#, .toolCall),
    (#"{"function_call":{"name":"","arguments":""}}"#, []),
    (#"{"function_call":null}"#, []),
    (
        #"{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"","arguments":""}}]}"#,
        []
    ),
    (#"{"tool_calls":[{"id":"c","type":"custom","custom":{"input":"a"}}]}"#, .toolCall),
    (#"{"tool_calls":[{"function":{"arguments":{"city":"a"}}}]}"#, .toolCall),
    (#"{"tool_calls":null,"content":"a"}"#, .text),
    // Others.
    (#"{"refusal":"a"}"#, .text),
    (#"{"text":"a"}"#, .text),
    (#"{"value":["a"]}"#, .text),
    (#"{"audio":{"id":"x","transcript":"a"}}"#, .text),
    (#"{"audio":{"id":"x","data":"UklGR","expires_at":1}}"#, []),
    (#""a""#, .text),
    (#"["a"]"#, .text),
    ("null", []),
    // Words that describe.
    (#"{"role":"assistant"}"#, []),
    (#"{"reasoning":{"effort":"high","status":"in_progress","id":"rs_1"}}"#, []),
    (#"{"content":[{"kind":"text","state":"done","text":""}]}"#, []),
    (#"{"role":"assistant","context":{"citations":[{"content":"c"}],"intent":"[\"q\"]"}}"#, []),
    (#"{"role":"assistant","executed_tools":[{"type":"search","arguments":"q","output":"o"}]}"#, []),
    (#"{"search_results":[{"title":"t","snippet":"s"}],"obfuscation":"aB3","padding":"xx"}"#, []),
    (#"{"author":"bot","timestamp":"now","event":"delta","version":"2"}"#, []),
    (#"{"role":"assistant","content":"","name":"bot","id":"x","type":"message"}"#, []),
    (#"{"role":"assistant","content":null,"channel":"analysis","model":"m","status":"in_progress"}"#, []),
    (#"{"provider_specific_fields":{"signature":"s","thought_signature":"t"}}"#, []),
    (#"{"annotations":[{"type":"url_citation","url_citation":{"url":"u","title":"t","content":"c"}}]}"#, []),
    (#"{"content":"","tool_call_id":"x","finish_reason":"stop","native_finish_reason":"stop"}"#, []),
]

/// Choices without a delta, or with more than that.
private let choices: [(String, StreamChunk.Content)] = [
    (#"{"message":{"role":"assistant","content":"a"}}"#, .text),
    (#"{"message":{"role":"assistant","content":""}}"#, []),
    (#"{"message":{"reasoning_content":"a"}}"#, .reasoning),
    (#"{"text":"a"}"#, .text),
    (#"{"text":["a"]}"#, .text),
    (#"{"text":{"content":"a"}}"#, .text),
    (#"{"text":[{"type":"text","text":""}]}"#, []),
    (#"{"text":null}"#, []),
    // The whole text once more beside the last delta.
    (#"{"delta":{},"message":{"content":"all of it"},"finish_reason":"stop"}"#, []),
    (#"{"message":{"content":"all of it"},"delta":{"content":"a"}}"#, .text),
    (#"{"delta":null,"logprobs":{"content":[{"token":"a"}]}}"#, []),
    (#"{"index":0,"finish_reason":"stop"}"#, []),
]

@Suite("Text in other shapes") struct TextShapesTests {
    @Test("any string of generated text in a delta is a token, and nothing else is", arguments: deltas)
    func inDeltas(delta: String, expected: StreamChunk.Content) throws {
        let chunk = try #require(
            scan("{\"choices\":[{\"index\":0,\"delta\":\(delta),\"finish_reason\":null}]}"))
        #expect(chunk.content == expected)
        #expect(!chunk.isError && chunk.hasChoice)
        #expect((chunk.textBytes > 0) == !expected.isEmpty)
    }

    @Test("choices without a delta", arguments: choices)
    func withoutDelta(choice: String, expected: StreamChunk.Content) throws {
        for dialect: any Dialect in [ChatCompletions(), TextCompletions()] {
            #expect(try #require(scan("{\"choices\":[\(choice)]}", dialect)).content == expected)
        }
    }

    @Test("the bytes of all texts count")
    func bytes() {
        #expect(
            scan(#"{"choices":[{"delta":{"content":"abc","reasoning":[{"text":"de"},"f"]}}]}"#)?.textBytes
                == 6)
        #expect(scan(#"{"choices":[{"text":"abcd"}]}"#, TextCompletions())?.textBytes == 4)
    }

    @Test("nesting without end is neither followed nor refused")
    func depth() throws {
        for depth in [10, 15, 17, 100, 50_000] {
            let text = String(repeating: "[", count: depth) + "\"a\"" + String(repeating: "]", count: depth)
            let chunk = try #require(scan("{\"choices\":[{\"delta\":{\"content\":\(text)}}]}"))
            #expect(chunk.content == (depth < WireLimits.depth ? .text : []))
            #expect(scan("{\"error\":\(String(repeating: "[", count: depth))") == nil)
        }
    }
}
