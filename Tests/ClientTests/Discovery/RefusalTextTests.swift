import Testing

@testable import Client

@Suite("What a refusal says")
struct RefusalTextTests {
    private static let fields = [
        "include_usage", "continuous_usage_stats", "ignore_eos", "min_tokens", "temperature", "cache_prompt",
        "stream_options", "max_tokens",
    ]

    @Test(
        "the field that is meant, wherever the body names it",
        arguments: [
            (#"{"error":{"message":"unexpected argument 'ignore_eos'"}}"#, "ignore_eos"),
            (#"{"error":{"message":"no","param":"min_tokens"}}"#, "min_tokens"),
            (
                #"{"detail":[{"type":"extra_forbidden","loc":["body","ignore_eos"],"msg":"Extra inputs"}]}"#,
                "ignore_eos"
            ),
            (
                #"{"detail":[{"loc":["body","stream_options","continuous_usage_stats"],"msg":"Extra inputs"}]}"#,
                "stream_options"
            ),
            (#"{"detail":"Unknown field: min_tokens"}"#, "min_tokens"),
            (#"{"errors":{"ignore_eos":["unknown"]}}"#, "ignore_eos"),
            (#"{"errors":["`temperature` is not supported"]}"#, "temperature"),
            (#"{"message":"{\"error\":{\"param\":\"ignore_eos\"}}"}"#, "ignore_eos"),
            (#"{"error":{"message":"litellm: {'error': \"got 'min_tokens'\"}"}}"#, "min_tokens"),
            (#"[{"error":{"details":[{"field":"ignore_eos"}]}}]"#, "ignore_eos"),
            (#"{"error":{"details":[{"violations":[{"field":"generation.min_tokens"}]}]}}"#, "min_tokens"),
            ("json: unknown field \"ignore_eos\"", "ignore_eos"),
            ("<html><body>ignore_eos is not allowed</body></html>", "ignore_eos"),
            (
                #"{"detail":[{"loc":["body","min_tokens"],"msg":"no","input":{"ignore_eos":true,"temperature":0}}]}"#,
                "min_tokens"
            ),
            (
                #"{"error":{"message":"bad field min_tokens in {'temperature': 0, 'ignore_eos': True, 'min_tokens': 4}"}}"#,
                "min_tokens"
            ),
            (#"{"error":{"message":"a temperature is fine","param":"ignore_eos"}}"#, "ignore_eos"),
            (#"{"error":"no"}"#, nil), (#"{"error":"ignore_eosx and xignore_eos and max_min_tokens"}"#, nil),
            ("", nil), ("[1,2,null]", nil), (#"{"error":null}"#, nil),
        ] as [(String, String?)])
    func named(body: String, field: String?) {
        #expect(RefusalText(body: Array(body.utf8)).named(among: Self.fields).first == field)
    }

    @Test(
        "a trial that is too short",
        arguments: [
            (#"{"error":{"message":"max_output_tokens must be at least 16"}}"#, true),
            ("Input should be greater than or equal to 16", true),
            ("minimum output length is 64 tokens", true),
            ("completion is too short", true), ("n must be >= 16", true),
            ("must be at least 1", false), ("this model's maximum context length is 512", false),
            ("no", false),
        ])
    func tooShort(body: String, expected: Bool) {
        #expect(RefusalText(body: Array(body.utf8)).wantsMore(than: 4) == expected)
    }

    @Test(
        "a prompt that is too long",
        arguments: [
            "This model's maximum context length is 1000 tokens", "prompt is too long: 5000 tokens",
            "the request exceeds the available context size", "Request Entity Too Large",
            "`inputs` tokens + `max_new_tokens` must be <= 2048. Given: 5000 `inputs tokens` and 16",
            "Input validation error: input length exceeds", "context_length_exceeded",
        ])
    func tooLong(text: String) { #expect(RefusalText(text).isAboutLength) }

    @Test(
        "a server that loads",
        arguments: ["Loading model", "The model is not ready", "Server is warming up", "still being loaded"])
    func loading(text: String) { #expect(RefusalText(text).isAboutLoading) }

    @Test("a page without end is looked at only so far")
    func bounded() {
        let nested = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
        #expect(RefusalText(body: Array(nested.utf8)).named(among: Self.fields) == [])
        let long = "{\"error\":[" + String(repeating: "\"x\",", count: 100_000) + "\"ignore_eos\"]}"
        #expect(RefusalText(body: Array(long.utf8)).named(among: ["min_tokens"]) == [])
    }
}
