import NIOCore
import Wire

/// Whole answers: everything that is no stream.
extension Connection {
    /// - Parameter closes: nothing more that the client sends is looked at.
    func reply(
        status: Int = 200, type: String = "application/json", body: String, extra: [(String, String)] = [],
        closes: Bool = false
    ) {
        let head = loop.head.whole(
            status: status, type: type, length: body.utf8.count, extra: extra, isOld: isOld,
            closes: closes || wantsClose)
        write(head + body)
        if closes {
            closeAfterReply()
        } else if wantsClose, answer == nil {
            // With an answer on the books, `conclude` closes.
            close()
        }
    }

    /// OpenAI's error shape, as vLLM sends it.
    func replyError(
        status: Int, message: String, type: String, parameter: String? = nil,
        extra: [(String, String)] = [], closes: Bool = false
    ) {
        reply(
            status: status,
            body: Self.errorObject(status: status, message: message, type: type, parameter: parameter),
            extra: extra, closes: closes)
    }

    static func errorObject(status: Int, message: String, type: String, parameter: String?) -> String {
        let parameter = parameter.map(JSONValue.quoted) ?? "null"
        return
            "{\"error\":{\"message\":\(JSONValue.quoted(message)),\"type\":\(JSONValue.quoted(type)),\"param\":\(parameter),\"code\":\(status)}}"
    }

    func replyModels() {
        loop.head.refresh()
        let model = JSONValue.quoted(loop.settings.model)
        reply(
            body:
                "{\"object\":\"list\",\"data\":[{\"id\":\(model),\"object\":\"model\",\"created\":\(loop.head.unixTime),\"owned_by\":\"plimsoll\",\"root\":\(model),\"parent\":null,\"max_model_len\":\(loop.settings.contextLength)}]}"
        )
    }
}
