import Canvas
import Charts
import Glibc
import Testing

/// Compares a whole screen with its picture in `Tests/DashboardTests/Pictures`. A missing picture is
/// recorded, and fails; so is every one while `RECORD_PICTURES` is set.
enum Picture {
    static func expect(
        _ canvas: Canvas, is name: String, file: String = #filePath,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let path = folder(beside: file) + "/" + name + ".txt"
        let drawn = canvas.text + "\n"
        guard getenv("RECORD_PICTURES") == nil, let kept = read(path) else {
            write(drawn, to: path)
            Issue.record("recorded \(name): look at it, then run again", sourceLocation: sourceLocation)
            return
        }
        guard drawn != kept else { return }
        Issue.record("\(name) is drawn as\n\(drawn)\nits picture is\n\(kept)", sourceLocation: sourceLocation)
    }

    private static func folder(beside file: String) -> String {
        // …/DashboardTests/Screens/X.swift → …/DashboardTests/Pictures
        let parts = file.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
        return parts.joined(separator: "/") + "/Pictures"
    }

    private static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "w") else { return }
        defer { fclose(file) }
        fputs(text, file)
    }
}
