import Measure
import Testing

@testable import Wire

private func scan(_ text: String) -> StreamChunk? {
    Array(text.utf8).withUnsafeBytes { OllamaChat().scan($0) }
}

private let start = #"{"model":"llama3.2","created_at":"2025-07-07T20:22:19.184789Z","#

@Suite("Ollama's lines")
struct OllamaTests {
    @Test(
        "what kind of token a line bears",
        arguments: [
            (#""message":{"role":"assistant","content":"The","images":null},"done":false}"#, .text),
            (#""message":{"role":"assistant","content":"a \"b\" \u00e9"},"done":false}"#, .text),
            (#""message":{"role":"assistant","content":"","thinking":"Okay"},"done":false}"#, .reasoning),
            (
                #""message":{"role":"assistant","content":"x","thinking":"y"},"done":false}"#,
                [.text, .reasoning]
            ),
            (#""message":{"role":"assistant","content":""},"done":false}"#, []),
            (#""message":{"role":"assistant","content":null},"done":false}"#, []),
            (
                #""message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"get_weather","arguments":{"city":"Tokyo"}}}]},"done":false}"#,
                .toolCall
            ),
            (#""message":{"role":"assistant","content":"","tool_calls":[]},"done":false}"#, []),
            (#""message":null,"done":false}"#, []), (#""done":false}"#, []),
        ] as [(String, StreamChunk.Content)])
    func content(rest: String, expected: StreamChunk.Content) throws {
        let chunk = try #require(scan(start + rest))
        #expect(chunk.content == expected)
        #expect(!chunk.isError && !chunk.isDone && chunk.usage == nil && chunk.finish == nil)
    }

    @Test(
        "the last line: counts are absent when they are zero",
        arguments: [
            (
                #""message":{"role":"assistant","content":""},"done_reason":"stop","done":true,"total_duration":4883583458,"load_duration":1334875,"prompt_eval_count":26,"prompt_eval_duration":342546000,"eval_count":282,"eval_duration":4535599000}"#,
                FinishReason.stop, TokenUsage(prompt: 26, completion: 282)
            ),
            (
                #""message":{"role":"assistant","content":""},"done":true,"done_reason":"length","eval_count":7}"#,
                .length, TokenUsage(completion: 7)
            ),
            (
                #""message":{"role":"assistant","content":""},"done":true,"done_reason":"load"}"#, .other,
                nil
            ),
            (#""done":true,"prompt_eval_count":0,"eval_count":0}"#, nil, nil),
            (#""done":true,"done_reason":"","prompt_eval_count":3}"#, nil, TokenUsage(prompt: 3)),
        ] as [(String, FinishReason?, TokenUsage?)])
    func last(rest: String, finish: FinishReason?, usage: TokenUsage?) throws {
        let chunk = try #require(scan(start + rest))
        #expect(chunk.isDone)
        #expect(chunk.finish == finish)
        #expect(chunk.usage == usage)
        #expect(chunk.content == [])
    }

    @Test(
        "errors in the stream",
        arguments: [
            (#"{"error":"an error was encountered while running the model: CUDA error"}"#, true),
            (#"{"error":{"message":"x"}}"#, true), (#"{"error":""}"#, false), (#"{"error":null}"#, false),
        ])
    func errors(text: String, isError: Bool) throws { #expect(try #require(scan(text)).isError == isError) }

    @Test(arguments: ["", "{", "[", "x", #"{"message":"#, #"{"message":{"content":"a}}"#, "{}x", "<html>"])
    func whatCannotBeReadIsSaidSo(text: String) { #expect(scan(text) == nil) }

    @Test(
        "how long the model was loaded stands in the last line, or nowhere",
        arguments: [
            ("{\"done\":false}\n{\"done\":true,\"load_duration\":2500000000}\n\n\n", 2_500_000_000),
            ("{\"done\":true}\n", nil), ("", nil), ("x", nil),
            ("{\"load_duration\":5}\n{\"done\":true}\n", nil),
        ] as [(String, Nanoseconds?)])
    func loading(body: String, expected: Nanoseconds?) {
        #expect(OllamaChat.loadTime(inStream: Array(body.utf8)) == expected)
    }

    @Test(
        "lists of models",
        arguments: [
            (
                #"{"models":[{"name":"a:latest","model":"a:latest","size":1,"details":{"family":"qwen2"}},{"name":"b"}]}"#,
                ["a:latest", "b"]
            ),
            (#"{"models":[]}"#, []), (#"{"models":null}"#, nil), (#"{"data":[{"id":"a"}]}"#, nil),
            ("[]", nil),
        ] as [(String, [String]?)])
    func models(text: String, names: [String]?) throws {
        let document = try #require(JSONValue(parsing: text.utf8))
        #expect(OllamaChat.models(in: document)?.names == names)
    }

    @Test("a conversation, and a prompt at its end")
    func body() throws {
        let shape = RequestShape(
            model: "a\"b",
            conversation: Conversation(before: [.init(.system, "be \"brief\""), .init(.assistant, "yes\n")]),
            outputTokens: 7, fields: [.temperature, .ignoreEOS])
        for dialect in Dialects.all where dialect != TextCompletions.self {
            let template = dialect.init().template(for: shape)
            let json = try #require(
                JSONValue(parsing: template.prefix + Array("hello".utf8) + template.suffix))
            #expect(json["model"]?.string == "a\"b")
            let messages = try #require(json["messages"]?.array)
            #expect(messages.map { $0["role"]?.string } == ["system", "assistant", "user"])
            #expect(messages.map { $0["content"]?.string } == ["be \"brief\"", "yes\n", "hello"])
        }
        let text = TextCompletions().template(for: shape)
        let json = JSONValue(parsing: text.prefix + Array("hello".utf8) + text.suffix)
        #expect(json?["prompt"]?.string == "be \"brief\"\n\nyes\n\n\nhello")
        let own = OllamaChat().template(for: shape)
        let fields = JSONValue(parsing: own.prefix + own.suffix)
        #expect(fields?["options"]?["num_predict"]?.integer == 7)
        #expect(fields?["options"]?["temperature"]?.integer == 0)
        #expect(fields?["stream"] == .bool(true))
        #expect(fields?["ignore_eos"] == nil)
    }

    @Test(
        "where it is, by what was typed",
        arguments: [
            ("http://h:11434", "/api/chat", "/api/tags"), ("http://h:11434/v1", "/api/chat", "/api/tags"),
            ("http://h:11434/api", "/api/chat", "/api/tags"),
            ("http://h:11434/api/chat", "/api/chat", "/api/tags"),
            ("http://h/ollama/api/chat/", "/ollama/api/chat", "/ollama/api/tags"),
            ("http://h/ollama?k=v", "/ollama/api/chat?k=v", "/ollama/api/tags?k=v"),
            ("http://h/v1/chat/completions", "/api/chat", "/api/tags"),
        ])
    func addresses(url: String, target: String, models: String) throws {
        let address = try EndpointAddress(parsing: url)
        #expect(address.target(for: OllamaChat.self) == target)
        #expect(address.modelsTarget(for: OllamaChat.self) == models)
        #expect((address.impliedDialect == OllamaChat.self) == url.contains("/api/chat"))
    }

    @Test func othersAreFoundFromItsRoute() throws {
        let address = try EndpointAddress(parsing: "http://h/api/chat")
        #expect(address.target(for: ChatCompletions.self) == "/v1/chat/completions")
        let chat = try EndpointAddress(parsing: "http://h/x/chat/completions")
        #expect(chat.target(for: TextCompletions.self) == "/x/completions")
        #expect(chat.modelsTarget(for: TextCompletions.self) == "/x/models")
    }
}
