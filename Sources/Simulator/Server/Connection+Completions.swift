import Measure
import NIOCore
import Wire

extension Connection {
    /// Checks a completion request, and has its tokens made or refuses it.
    func complete(_ request: HTTPRequest, _ kind: CompletionRequest.Kind) {
        let number = loop.counters.nextNumber()
        var random = SplitMix64(seed: loop.settings.seed ^ UInt64(number) &* 0xD1B5_4A32_D192_ED03)
        loop.ledger.countRequest()
        do throws(CompletionRequest.Refusal) {
            let asked = try CompletionRequest(kind, body: request.body)
            let fault = try fault(of: asked, &random)
            try check(asked, fault)
            begin(asked, request, number: number, fault: fault, &random)
        } catch {
            record(request, number: number, outcome: .rejected, status: error.status)
            replyError(
                status: error.status, message: error.message, type: error.type, parameter: error.parameter)
        }
    }

    /// A request that was refused before it was looked at.
    func reject(_ request: HTTPRequest, status: Int) {
        loop.ledger.countRequest()
        record(request, number: loop.counters.nextNumber(), outcome: .rejected, status: status)
    }

    func record(
        _ request: HTTPRequest, number: Int, outcome: RequestTruth.Outcome, status: Int,
        fault: SimulatorFault? = nil
    ) {
        var truth = RequestTruth(
            id: request.headers["x-request-id"] ?? String(number), number: number, fault: fault,
            received: request.received, streamed: false, promptTokens: 0)
        truth.outcome = outcome
        truth.status = status
        loop.metrics.countResponse(request.path, status: status)
        truth.ended = SystemTime.now()
        loop.ledger.close(truth)
    }

    /// The fault that strikes this request, by its model's name or by the settings.
    private func fault(
        of asked: CompletionRequest, _ random: inout SplitMix64
    ) throws(CompletionRequest.Refusal) -> SimulatorFault? {
        if asked.model == loop.settings.model { return loop.settings.fault?.strikes(&random) }
        if asked.model.hasPrefix("fault:") {
            do throws(SimulatorError) {
                return try FaultChoice(parsing: asked.model).strikes(&random)
            } catch {
                throw CompletionRequest.Refusal(
                    status: 404, message: error.description, type: "NotFoundError", parameter: "model")
            }
        }
        throw CompletionRequest.Refusal(
            status: 404, message: "The model `\(asked.model)` does not exist.", type: "NotFoundError",
            parameter: "model")
    }

    private func check(
        _ asked: CompletionRequest, _ fault: SimulatorFault?
    ) throws(CompletionRequest.Refusal) {
        let refused = loop.settings.refusedFields.sorted() + [fault?.refusedField].compactMap(\.self)
        for field in refused where asked.has(field) {
            throw CompletionRequest.Refusal(
                status: 400, message: "1 validation error: \(field): Extra inputs are not permitted",
                type: "Bad Request", parameter: "body.\(field)")
        }
        let context = loop.settings.contextLength
        guard asked.promptTokens + (asked.maxTokens ?? 1) <= context else {
            throw CompletionRequest.Refusal(
                status: 400,
                message:
                    "This model's maximum context length is \(context) tokens. However, you requested \(asked.maxTokens ?? 1) output tokens and your prompt contains \(asked.promptTokens) input tokens. Please reduce the length of the input prompt or the number of requested output tokens.",
                type: "BadRequestError", parameter: "input_tokens")
        }
    }

    private func begin(
        _ asked: CompletionRequest, _ request: HTTPRequest, number: Int, fault: SimulatorFault?,
        _ random: inout SplitMix64
    ) {
        loop.head.refresh()
        if let fault, strikeAtOnce(fault, request, number: number) { return }
        let (total, stops) = outputLength(asked, fault, &random)
        let style = StreamStyle(fault, time: loop.settings.faultTime)
        let reason: StaticString =
            if case .toolCall = style.delta { "tool_calls" } else { stops ? "stop" : "length" }
        var truth = RequestTruth(
            id: request.headers["x-request-id"] ?? String(number), number: number, fault: fault,
            received: request.received, streamed: asked.streams, promptTokens: asked.promptTokens)
        if loop.settings.keepsTokenTimes { (truth.meant, truth.sent) = ([], []) }
        loop.ledger.countPrompt(asked.promptTokens)
        loop.metrics.countResponse(request.path, status: 200)
        let cachedTokens = style.reportsCacheHits ? asked.promptTokens / 2 : 0
        let text = EventText(
            kind: asked.kind, number: number, created: loop.head.unixTime, model: asked.model,
            promptTokens: asked.promptTokens, cachedTokens: cachedTokens,
            continuousUsage: asked.continuousUsage && asked.includesUsage && style.sendsUsage,
            lineEnd: style.lineEnd, claimedTokens: style.claimedTokens)
        let answer = Answer(
            key: loop.key(for: place, request: number), number: number, total: total, streams: asked.streams,
            includesUsage: asked.includesUsage, finishReason: reason, text: text, style: style,
            model: asked.model, truth: truth, cachedTokens: cachedTokens,
            maxTokens: asked.maxTokens)
        answer.isChunked = !request.isOld
        answer.closesAfter =
            request.wantsClose || style.closesAfter
            || (asked.streams && (request.isOld || loop.settings.closesAfterStream))
        self.answer = answer
        if asked.streams { write(loop.head.stream(isOld: request.isOld)) }
        if asked.streams, loop.settings.roleChunk == .early { sendRole(answer) }
        if asked.streams, style.drips {
            drip(answer)
            return
        }
        answer.isRunning = true
        loop.submit(answer)
    }

    /// How many tokens are made, and whether the answer ends by itself.
    private func outputLength(
        _ asked: CompletionRequest, _ fault: SimulatorFault?, _ random: inout SplitMix64
    ) -> (total: Int, stops: Bool) {
        let room = max(1, loop.settings.contextLength - asked.promptTokens)
        let most = min(room, asked.maxTokens ?? loop.settings.defaultOutputTokens)
        switch fault {
        case .halfLength: return (max(1, most / 2), true)
        case .oneToken: return (1, true)
        default: break
        }
        guard let natural = loop.settings.naturalLength, !asked.ignoresEOS else { return (most, false) }
        let length = max(asked.minTokens, Int.random(in: natural, using: &random))
        return length < most ? (max(1, length), true) : (most, false)
    }
}

extension Connection {
    /// A completion that was not asked for as a stream: all tokens at once, when the last one is made.
    func sendWhole(_ answer: Answer, meant: Moment) {
        var words = ""
        for index in 0..<answer.total { words += Vocabulary.word(index, answer.number).description }
        let identity = EventText.identity(
            answer.text.kind, answer.number, loop.head.unixTime, answer.model, isChunk: false)
        var usage = ByteBuffer()
        answer.text.writeUsageObject(made: answer.total, isLast: true, into: &usage)
        let text = JSONValue.quoted(words)
        let content =
            switch answer.text.kind {
            case .text: "\"text\":\(text)"
            case .chat: "\"message\":{\"role\":\"assistant\",\"content\":\(text),\"refusal\":null}"
            }
        let usageMember = answer.style.sendsUsage ? ",\"usage\":\(String(buffer: usage))" : ""
        reply(
            body:
                "{\(identity),\"choices\":[{\"index\":0,\(content),\"logprobs\":null,\"finish_reason\":\"\(answer.finishReason)\",\"stop_reason\":null}]\(usageMember)}"
        )
        let now = SystemTime.now()
        countChunk(answer, meant: meant, sent: now, tokens: answer.total)
        conclude(answer)
    }
}
