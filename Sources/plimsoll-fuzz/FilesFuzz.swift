import Canvas
import Foundation
import Measure
import Recording
import Wire

/// What a user may be handed by others: recordings, themes, budgets, addresses. Each ends in a value or in an error
/// of its own.
enum FilesFuzz {
    static func run(_ input: UnsafeRawBufferPointer) {
        if input.starts(with: "SQLite format 3\0".utf8) { return read(input) }
        let text = String(decoding: input, as: UTF8.self)
        _ = try? Theme(parsing: text, name: "fuzz")
        if let budget = try? LatencyBudget(parsing: text) {
            precondition(
                (try? LatencyBudget(parsing: budget.text)) == budget, "its own text is another budget")
        }
        _ = try? EndpointAddress(parsing: text)
        check(Printable.excerpt(text))
    }

    private static func read(_ input: UnsafeRawBufferPointer) {
        let folder = FileManager.default.temporaryDirectory.path + "/plimsoll-fuzz-\(getpid())"
        let path = folder + "/s.plimsoll"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(input).write(to: URL(fileURLWithPath: path))
        } catch {
            preconditionFailure("\(error)")
        }
        guard let reader = try? RecordingReader.open(path: path) else { return }
        check(reader.session.host)
        for endpoint in (try? reader.endpoints) ?? [] { check(endpoint.url.text + endpoint.model.text) }
        for mark in (try? reader.marks) ?? [] { check(mark.note) }
        _ = try? reader.ended
        _ = try? reader.losses
        _ = try? CSVExport.write(from: reader, to: folder + "/csv")
        let left = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        precondition(Set(left).isSubset(of: ["s.plimsoll", "csv"]), "something was made beside it")
        precondition(FileManager.default.contents(atPath: path) == Data(input), "it was written to")
    }

    private static func check(_ text: String) {
        precondition(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
}
