import Foundation

/// What real servers sent, as captured off the socket; the files are those of the wire's tests.
enum Capture {
    static let streams = ["llama", "vllm"].flatMap { server in
        [
            "chat-usage", "chat-nousage", "chat-continuous-usage", "chat-ignore-eos", "chat-logprobs",
            "completions-usage",
        ].map { "\(server)/\($0).sse" }
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        let folder = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("WireTests/Captures")
        return Array(try Data(contentsOf: folder.appendingPathComponent(path)))
    }
}
