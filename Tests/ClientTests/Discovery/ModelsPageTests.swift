import Measure
import Testing
import Wire

@testable import Client

@Suite("The page of models")
struct ModelsPageTests {
    private func page(_ body: String, status: Int = 200, _ headers: [(name: String, value: String)] = [])
        -> ModelsPage
    {
        ModelsPage(
            WholeAnswer(head: ResponseHead(status: status, headers: headers), body: Array(body.utf8)),
            path: "/v1/models", dialect: ChatCompletions.self, scrubber: .withoutSecrets)
    }

    /// llama.cpp's habit.
    private func wantsNoCache(_ page: ModelsPage) -> Bool {
        ChatCompletions.fields(for: page.list).wanted.contains(.noPromptCache)
    }

    @Test(
        "every shape in use",
        arguments: [
            (#"{"object":"list","data":[{"id":"a"},{"id":"b"}]}"#, ["a", "b"]),
            (#"[{"id":"a"},{"id":"b"}]"#, ["a", "b"]),
            (#"["a","b"]"#, ["a", "b"]), (#"{"models":[{"name":"a"},{"model":"b"}]}"#, ["a", "b"]),
            (#"{"models":["a"]}"#, ["a"]), (#"{"data":["a"]}"#, ["a"]),
            (#"{"models":{"a":{},"b":{}}}"#, ["a", "b"]),
            (#"{"data":[],"models":[{"name":"a"}]}"#, ["a"]),
            (#"{"data":null,"models":[{"model":"a"}]}"#, ["a"]),
            (#"{"models":[{"name":"x","model":"x"}],"data":[{"id":"a"}]}"#, ["a"]),
            (#"{"id":"a","object":"model"}"#, ["a"]), (#"{"data":{"data":[{"id":"a"}]}}"#, ["a"]),
            (#"{"data":[{"id":"a"},{"id":"a"},{"id":""},{"id":7},{"x":1},null,{"id":"b"}]}"#, ["a", "b"]),
            (#"{"data":[{"id":null,"name":"a"}]}"#, ["a"]), (#"{"results":[{"model_name":"a"}]}"#, ["a"]),
            // Cloudflare numbers them; Bedrock, Vertex, text-generation-webui, and pages about one model.
            (
                #"{"success":true,"result":[{"id":"f8703a00-ed54-4f98-bdc3-cd9a813286f3","name":"@cf/m"}]}"#,
                ["@cf/m"]
            ),
            (#"{"modelSummaries":[{"modelId":"a","modelName":"A"}]}"#, ["a"]),
            (#"{"publisherModels":[{"name":"a"}],"nextPageToken":"x"}"#, ["a"]),
            (#"{"object":"list","data":[],"model_names":["a","b"]}"#, ["a", "b"]),
            (#"{"body":[{"id":"a"}]}"#, ["a"]), (#"{"payload":{"items":[{"id":"a"}]}}"#, ["a"]),
            (#"{"data":{"models":[{"id":"a"}]}}"#, ["a"]), (#"{"model":"a"}"#, ["a"]),
            (#"{"model_name":"a","model_type":"llama"}"#, ["a"]),
            (#"{"model_list":[{"model_name":"a","litellm_params":{"model":"x"}}]}"#, ["a"]),
        ])
    func shapes(body: String, names: [String]) {
        let found = page(body)
        #expect(found.names == names)
        #expect(found.failure == nil)
    }

    @Test(
        "what stood there in its place, each in its own words and with its status",
        arguments: [
            ("", 200, "an empty answer"), ("  \r\n", 200, "an empty answer"),
            ("{\"data\":[]}", 200, "an empty list"),
            ("[]", 200, "an empty list"), ("{\"data\":[{}]}", 200, "a list without a name"),
            ("{\"error\":\"no such key\",\"model\":\"a\"}", 200, "no such key"),
            ("{\"data\":{\"count\":0}}", 200, "JSON of another kind"),
            ("{}", 200, "JSON of another kind"), ("{\"status\":\"ok\"}", 200, "\"status\":\"ok\""),
            ("7", 200, "JSON of another kind"),
            ("{\"error\":{\"message\":\"no such tenant\"}}", 200, "no such tenant"),
            ("OK", 200, "no JSON: “OK”"),
            ("<html><head><title>Sign in</title></head>", 200, "a web page: “Sign in”"),
            ("{\"data\":[{\"id\":\"a\"", 200, "no JSON"),
            ("<html><head><title>502 Bad Gateway</title></head>", 502, "HTTP 502: 502 Bad Gateway"),
            ("{\"error\":{\"message\":\"Loading model\"}}", 503, "HTTP 503: Loading model"),
            ("{\"detail\":\"Not Found\"}", 404, "HTTP 404: Not Found"), ("", 401, "HTTP 401"),
            ("{\"message\":\"no\"}", 403, "HTTP 403: no"),
            ("upstream connect error", 504, "HTTP 504: upstream connect error"),
        ])
    func causes(body: String, status: Int, words: String) throws {
        let failure = try #require(page(body, status: status).failure)
        #expect(failure.message.text.contains(words), "\(failure.message)")
        #expect(failure.message.text.contains("/v1/models"))
        #expect(failure.status == status)
    }

    @Test("a compressed list is named as such")
    func coded() throws {
        let failure = try #require(page("\u{1f}x", [("content-encoding", "br")]).failure)
        #expect(failure.message.text.contains("coded as br"))
        #expect(page("[\"a\"]", [("content-encoding", "identity")]).names == ["a"])
    }

    @Test("who the server is")
    func server() {
        #expect(page("[\"a\"]", [("server", "uvicorn")]).server == "uvicorn")
        #expect(page(#"{"data":[{"id":"a","owned_by":"vllm"}]}"#, [("server", "uvicorn")]).server == "vllm")
        #expect(wantsNoCache(page(#"{"data":[{"id":"a","owned_by":"llamacpp"}]}"#)))
        #expect(wantsNoCache(page("[\"a\"]", [("server", "llama.cpp")])))
        #expect(!wantsNoCache(page("[\"a\"]")))
    }

    @Test("a list of any length is read only so far")
    func longList() {
        let names = (0..<5000).map { "\"m\($0)\"" }.joined(separator: ",")
        #expect(page("[\(names)]").names.count == 1000)
    }
}
