import Measure
import Testing

@testable import Wire

private func scan(_ text: String) -> StreamChunk? {
    Array(text.utf8).withUnsafeBytes { ChatCompletions().scan($0) }
}

@Suite("Usage, errors and reasons in other shapes") struct FieldShapesTests {
    @Test(
        "an error member that says nothing is none",
        arguments: [
            "null", "\"\"", "{}", "[]", "0", "0.0", "-0", "false", #"{"message":null,"code":null}"#,
            #"{"message":"","type":"","code":0}"#, "[{}]", #"{"details":[]}"#,
            "\"None\"", "\"null\"", "\"0\"", "\"no error\"", #"{"code":0,"message":"success"}"#,
            #"{"code":"0","message":"OK"}"#,
        ])
    func noErrors(value: String) throws {
        for text in [
            "{\"error\":\(value),\"choices\":[{\"delta\":{\"content\":\"a\"}}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"error\":\(value)}]}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\",\"error\":\(value)}}]}",
            "{\"errors\":\(value),\"error_code\":\(value),\"choices\":[{\"delta\":{\"content\":\"a\"}}]}",
        ] {
            let chunk = try #require(scan(text))
            #expect(!chunk.isError)
            #expect(chunk.content == .text)
        }
    }

    @Test(
        "an error member that says anything is one",
        arguments: [
            "\"boom\"", "\" \"", #"{"message":"boom"}"#, #"{"code":500}"#, "1", "-1", "0.5", "true",
            "[\"boom\"]",
            #"{"message":"","code":"x"}"#, #"[{"msg":"boom"}]"#,
        ])
    func errors(value: String) throws {
        for text in [
            "{\"error\":\(value)}", "{\"choices\":[{\"delta\":{},\"error\":\(value)}]}",
            "{\"errors\":\(value)}",
            "{\"choices\":[{\"delta\":{\"content\":\"a\",\"error\":\(value)}}]}", "{\"error_code\":\(value)}",
            "{\"choices\":[{\"message\":{\"error\":\(value)}}]}",
        ] {
            #expect(try #require(scan(text)).isError)
        }
    }

    @Test(
        "an event without a choice that tells of a failure in words of its own",
        arguments: [
            #"{"detail":"engine died"}"#, #"{"detail":[{"loc":["body"],"msg":"no"}]}"#,
            #"{"code":500,"message":"boom"}"#, #"{"code":1302,"msg":"rate"}"#, #"{"code":"500"}"#,
            #"{"code":"InternalError.Timeout","message":"boom"}"#, #"{"code":"DataInspectionFailed"}"#,
            #"{"status":"error","message":"boom"}"#, #"{"status":"FAILED"}"#, #"{"status":503}"#,
            #"{"statusCode":503,"body":"upstream"}"#, #"{"status_code":500,"message":"boom"}"#,
            #"{"success":false,"message":"boom"}"#, #"{"ok":false}"#, #"{"exception":"RuntimeError"}"#,
            #"{"error_msg":"died","error_code":18}"#, #"{"errorMessage":"died"}"#, #"{"error_message":"x"}"#,
            #"{"choices":null,"base_resp":{"status_code":1002,"status_msg":"limit"}}"#,
            #"{"choices":[],"detail":"engine died"}"#,
        ])
    func failureSigns(text: String) throws { #expect(try #require(scan(text)).isError) }

    @Test(
        "and those that tell of none: progress, success, and whatever stands beside a choice or a count",
        arguments: [
            #"{"detail":""}"#, #"{"detail":null}"#, #"{"code":0,"message":"ok"}"#, #"{"code":200}"#,
            #"{"code":"200","msg":"ok"}"#, #"{"code":"processing"}"#, #"{"code":null}"#,
            #"{"status":"running"}"#,
            #"{"status":"ok","message":"processing"}"#, #"{"status":102}"#, #"{"success":true}"#,
            #"{"success":null}"#, #"{"message":"processing"}"#, #"{"type":"ping"}"#, "{}",
            #"{"base_resp":{"status_code":0,"status_msg":""}}"#, #"{"base_resp":null}"#,
            #"{"choices":[{"delta":{"content":"a"}}],"code":20000,"status":"error","detail":"d"}"#,
            #"{"choices":[{"delta":{"content":"a"}}],"base_resp":{"status_code":0}}"#,
            #"{"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2},"code":20000}"#,
        ])
    func noFailureSigns(text: String) throws { #expect(try !#require(scan(text)).isError) }

    @Test func errorsByType() {
        #expect(scan(#"{"type":"error","message":"boom"}"#)?.isError == true)
        #expect(scan(#"{"object":"error","message":"boom"}"#)?.isError == true)
        #expect(scan(#"{"type":"chunk","object":"chat.completion.chunk"}"#)?.isError == false)
    }

    @Test(
        "usage is found wherever it stands, by whatever name",
        arguments: [
            #"{"choices":[],"usage":{"prompt_tokens":36,"completion_tokens":26}}"#,
            #"{"choices":[{"delta":{},"usage":{"prompt_tokens":36,"completion_tokens":26}}]}"#,
            #"{"choices":[{"delta":{},"finish_reason":"stop"}],"x_groq":{"id":"r","usage":{"prompt_tokens":36,"completion_tokens":26}}}"#,
            #"{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":36,"outputTokenCount":26,"firstByteLatency":5}}"#,
            #"{"message":{"id":"x","usage":{"input_tokens":36,"output_tokens":26}}}"#,
            #"{"metrics":{"prompt_tokens":36,"completion_tokens":26}}"#,
            #"{"usage":{"inputTokens":36,"outputTokens":26}}"#,
            #"{"usage":{"prompt_tokens":"36","completion_tokens":"26.0"}}"#,
            #"{"choices":[],"x_gateway":{"id":"1","usage":{"prompt_tokens":36,"completion_tokens":26}}}"#,
            #"{"choices":[{"delta":{"usage":{"prompt_tokens":36,"completion_tokens":26}}}]}"#,
            #"{"usageMetadata":{"promptTokenCount":36,"candidatesTokenCount":26,"totalTokenCount":62}}"#,
            #"{"choices":[],"usage_metadata":{"input_tokens":36,"output_tokens":26}}"#,
            #"{"choices":[],"token_usage":{"prompt_tokens":36,"completion_tokens":26}}"#,
            #"{"usage":{"prompt_tokens":36,"completion_tokens":26},"y":{"usage":{"completion_tokens":1}}}"#,
            #"{"usage":{"prompt_tokens":36.0,"completion_tokens":2.6e1}}"#,
            #"{"choices":[],"timings":{"prompt_n":36,"predicted_n":26,"prompt_ms":1.5}}"#,
            #"{"choices":[],"timings":{"cache_n":30,"prompt_n":6,"predicted_n":26}}"#,
            #"{"timings":{"prompt_n":1,"predicted_n":1},"usage":{"prompt_tokens":36,"completion_tokens":26}}"#,
            #"{"usage":{"prompt_tokens":36,"completion_tokens":26},"timings":{"prompt_n":1,"predicted_n":1}}"#,
            #"{"metrics":{"prompt_tokens":1,"completion_tokens":1},"usage":{"prompt_tokens":36,"completion_tokens":26}}"#,
            #"{"usage":{"prompt_tokens":36,"completion_tokens":26},"metrics":{"prompt_tokens":1,"completion_tokens":1}}"#,
        ])
    func usage(text: String) throws {
        let usage = try #require(scan(text)?.usage)
        #expect(usage.prompt == 36)
        #expect(usage.completion == 26)
    }

    @Test("total, cached and reasoning tokens, by their names")
    func details() throws {
        let usage = try #require(
            scan(
                #"{"usage":{"prompt_tokens":9,"completion_tokens":8,"total_tokens":17,"completion_tokens_details":{"reasoning_tokens":3},"prompt_tokens_details":{"cached_tokens":2}}}"#
            )?.usage)
        #expect(usage == TokenUsage(prompt: 9, completion: 8, total: 17, cached: 2, reasoning: 3))
        #expect(scan(#"{"usage":{"prompt_tokens":9,"reasoning_tokens":3}}"#)?.usage?.reasoning == 3)
        #expect(scan(#"{"usage":{"prompt_tokens":9,"prompt_cache_hit_tokens":3}}"#)?.usage?.cached == 3)
        #expect(
            scan(
                #"{"usage":{"prompt_tokens":9,"prompt_tokens_details":null,"completion_tokens_details":5}}"#)?
                .usage?.prompt == 9)
    }

    @Test(
        "usage that says nothing",
        arguments: [
            #"{"usage":null}"#, #"{"usage":{}}"#, #"{"usage":[]}"#, #"{"usage":0}"#,
            #"{"x_groq":{"id":"r"}}"#,
            #"{"x_groq":null}"#, #"{"message":"hi"}"#, #"{"timings":null}"#, #"{"timings":{}}"#,
            #"{"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}"#,
            #"{"usage":{"prompt_tokens":null,"completion_tokens":null}}"#, #"{"metrics":"x"}"#,
        ])
    func noUsage(text: String) throws {
        #expect(try #require(scan(text)).usage == nil)
    }

    @Test(
        "finish reasons",
        arguments: [
            ("stop", FinishReason.stop), ("eos_token", .stop), ("STOP", .stop), ("end_turn", .stop),
            ("length", .length), ("max_tokens", .length), ("MAX_TOKENS", .length),
            ("tool_calls", .toolCalls), ("function_call", .toolCalls), ("tool_use", .toolCalls),
            ("content_filter", .other), ("sensitive", .other), ("something new", .other),
            ("abort", .brokenOff), ("aborted", .brokenOff), ("ABORT", .brokenOff), ("error", .brokenOff),
            ("engine_error", .brokenOff), ("network_error", .brokenOff), ("cancelled", .brokenOff),
            ("canceled", .brokenOff), ("cancel", .brokenOff), ("failed", .brokenOff), ("failure", .brokenOff),
            ("timeout", .brokenOff), ("insufficient_system_resource", .brokenOff), ("exception", .brokenOff),
            ("interrupted", .brokenOff), ("overloaded", .brokenOff), ("preempted", .brokenOff),
        ])
    func finish(word: String, expected: FinishReason) {
        #expect(scan("{\"choices\":[{\"delta\":{},\"finish_reason\":\"\(word)\"}]}")?.finish == expected)
        #expect(
            scan("{\"choices\":[{\"delta\":{},\"finish_reason\":{\"type\":\"\(word)\",\"x\":1}}]}")?.finish
                == expected)
    }

    @Test("no finish reason", arguments: ["null", "\"\"", "false", "0", "{}", "[]", "\"null\"", "\"none\""])
    func noFinish(value: String) throws {
        #expect(try #require(scan("{\"choices\":[{\"delta\":{},\"finish_reason\":\(value)}]}")).finish == nil)
    }

    @Test(arguments: [
        ("[DONE]", true), (" [DONE] ", true), ("[done]", true), ("[DONE", false), ("DONE", false),
    ])
    func done(text: String, isDone: Bool) {
        #expect((scan(text)?.isDone ?? false) == isDone)
    }
}
