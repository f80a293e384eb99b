/// Which program serves an endpoint, as its page of metrics tells.
package enum ServerKind: String, Hashable, Sendable, Codable, CaseIterable {
    case vllm
    case sglang
    case llamacpp
    case tensorRT = "trtllm"
    case dynamo
    case lmdeploy
    case tgi
    case ollama
    /// It publishes some of what the others do.
    case other

    /// As its makers write it.
    package var name: Shown {
        switch self {
        case .vllm: "vLLM"
        case .sglang: "SGLang"
        case .llamacpp: "llama.cpp"
        case .tensorRT: "TensorRT-LLM"
        case .dynamo: "Dynamo"
        case .lmdeploy: "LMDeploy"
        case .tgi: "TGI"
        case .ollama: "Ollama"
        case .other: "server"
        }
    }
}
