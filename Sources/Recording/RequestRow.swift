import GRDB
import Measure

/// `RequestRecord` ⇄ a row of `requests`.
enum RequestRow {
    /// Their order is that of `values` and of `record(from:)`. Frozen: tables of format 1 have these.
    static let format1 = [
        "number", "endpoint", "user", "turn", "intended", "sent", "first", "last", "first_content", "end_",
        "connect", "chunks", "first_chunk_tokens", "output_tokens", "requested_tokens", "input_tokens",
        "cached_tokens", "token_source", "finish", "resent", "failure", "status", "message", "retry_after",
        "sent_unix", "end_unix",
    ]

    /// What format 2 has behind those. `due` is when a schedule said that the request starts; null where there was
    /// none.
    static let addedByFormat2 = ["count_refused", "due"]

    /// Of what is written.
    static let columns = format1 + addedByFormat2

    static let insert =
        "INSERT INTO requests (batch, position, \(columns.joined(separator: ", "))) VALUES (?, ?"
        + String(repeating: ", ?", count: columns.count) + ")"

    /// What a recording of that format has to tell.
    static func select(format: Int) -> String {
        (["batch", "position"] + (format >= 2 ? columns : format1)).joined(separator: ", ")
    }

    static func values(
        of request: RequestRecord, batch: Int64, position: Int, anchor: WallAnchor
    ) -> [(any DatabaseValueConvertible)?] {
        [
            batch, position,
            Int64(request.number), Int64(request.endpoint.index), Int64(request.user), Int64(request.turn),
            request.intended.nanoseconds, request.sent.nanoseconds, request.first?.nanoseconds,
            request.last?.nanoseconds, request.firstContent?.nanoseconds, request.end.nanoseconds,
            request.connect, request.chunks, request.firstChunkTokens, request.outputTokens,
            request.requestedTokens, request.inputTokens, request.cachedTokens,
            request.tokenSource.rawValue, request.finish?.rawValue, request.resent ? 1 : 0,
            request.failure?.kind.rawValue, request.failure?.status, request.failure?.message.text,
            request.failure?.retryAfter, anchor.unix(request.sent), anchor.unix(request.end),
            request.countRefused ? 1 : 0, nil,
        ]
    }

    /// nil when the row can't be a request. A word that a later program wrote is taken for what comes nearest:
    /// above all, a failure of a kind unknown here is a failure.
    static func record(from row: Row) -> RequestRecord? {
        var cells = RowCells(row, from: 2)
        guard let number = cells.narrow(UInt32.self), let endpoint = cells.narrow(UInt16.self),
            let user = cells.narrow(UInt32.self), let turn = cells.narrow(UInt32.self),
            let intended = cells.moment(), let sent = cells.moment()
        else { return nil }
        let first = cells.moment()
        let last = cells.moment()
        let firstContent = cells.moment()
        guard let end = cells.moment() else { return nil }
        let connect = cells.integer()
        guard let chunks = cells.int(), let firstChunkTokens = cells.int(), let outputTokens = cells.int()
        else {
            return nil
        }
        let requestedTokens = cells.int()
        let inputTokens = cells.int()
        let cachedTokens = cells.int()
        guard let tokenSource = cells.text().map({ TokenSource(rawValue: $0) ?? .usage }) else { return nil }
        let finish = cells.text().map { FinishReason(rawValue: $0) ?? .other }
        let resent = cells.integer() == 1
        let kind = cells.text().map { FailureKind(rawValue: $0) ?? .other }
        let status = cells.int()
        let message = cells.text()
        let retryAfter = cells.integer()
        cells.skip(2)
        let countRefused = cells.isAtEnd ? false : cells.integer() == 1
        guard !cells.wrongType else { return nil }
        let record = RequestRecord(
            number: number, endpoint: EndpointID(Int(endpoint)), user: user, turn: turn, intended: intended,
            sent: sent, first: first, last: last, firstContent: firstContent, end: end, connect: connect,
            chunks: chunks, firstChunkTokens: firstChunkTokens, outputTokens: outputTokens,
            requestedTokens: requestedTokens, inputTokens: inputTokens, cachedTokens: cachedTokens,
            tokenSource: tokenSource, finish: finish, resent: resent,
            failure: kind.map {
                RequestFailure(
                    kind: $0, status: status, message: Shown(recorded: message ?? ""), retryAfter: retryAfter)
            }, countRefused: countRefused)
        return record.isPlausible ? record : nil
    }
}

extension WallAnchor {
    /// Wraps instead of trapping: recording must survive any figure.
    func unix(_ moment: Moment) -> Int64 {
        unixNanoseconds &+ (moment.nanoseconds &- self.moment.nanoseconds)
    }
}
