import Measure
import Wire

@testable import Client

/// An answer read to its end, or as far as it went.
struct Reading {
    var reader: AnswerReader
    var arrivals: [TokenArrival] = []
    var status = AnswerReader.Status.goesOn
    private var last = Moment.zero

    init(_ dialect: any Dialect = ChatCompletions(), norm: AnswerNorm = AnswerNorm()) {
        reader = AnswerReader(dialect: dialect, norm: norm, scrubber: .withoutSecrets)
    }

    /// One read from the socket.
    mutating func take(_ bytes: some Sequence<UInt8>, at milliseconds: Int64 = 0) {
        let moment = Moment(nanoseconds: milliseconds * .millisecond)
        last = moment
        status = Array(bytes).withUnsafeBytes {
            reader.read($0, at: moment, request: 1, endpoint: EndpointID(0), into: &arrivals)
        }
    }

    mutating func take(_ text: String, at milliseconds: Int64 = 0) { take(text.utf8, at: milliseconds) }

    mutating func connectionEnds(_ error: RequestFailure? = nil) {
        status = reader.connectionEnded(
            error, at: last, request: 1, endpoint: EndpointID(0), into: &arrivals)
    }

    var failure: RequestFailure? { if case .failed(let failure) = status { failure } else { nil } }
    var isComplete: Bool { if case .complete = status { true } else { false } }

    /// Everything that must not depend on how the bytes were cut.
    var figures: String {
        "\(status) chunks \(reader.chunks) first \(reader.firstChunkTokens) tokens \(reader.outputTokens) "
            + "\(reader.tokenSource) \(String(describing: reader.finish)) \(String(describing: reader.usage)) "
            + "arrivals \(arrivals.map(\.tokens)) content \(reader.firstContent != nil)"
    }

    static let streamHead =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"

    /// A whole chunked answer, each piece in an HTTP chunk of its own.
    static func chunked(_ pieces: [String]) -> String {
        streamHead + pieces.map(httpChunk).joined() + "0\r\n\r\n"
    }

    static func httpChunk(_ text: String) -> String {
        String(text.utf8.count, radix: 16) + "\r\n\(text)\r\n"
    }

    static func event(_ json: String) -> String { "data: \(json)\n\n" }

    static func delta(_ members: String, more: String = "") -> String {
        event("{\"choices\":[{\"index\":0,\"delta\":{\(members)}}]\(more)}")
    }

    /// Reads a chunked answer of these events, one every 10 ms from 100 ms on, the head at 0.
    static func of(
        _ events: [String], dialect: any Dialect = ChatCompletions(), norm: AnswerNorm = AnswerNorm()
    ) -> Reading {
        var reading = Reading(dialect, norm: norm)
        reading.take(streamHead)
        for (index, event) in events.enumerated() {
            reading.take(httpChunk(event), at: 100 + 10 * Int64(index))
            if reading.failure != nil || reading.isComplete { return reading }
        }
        reading.take("0\r\n\r\n", at: 5000)
        return reading
    }
}
