import Foundation

/// The real program.
enum Binary {
    /// `PLIMSOLL_BINARY`, else beside the test executable, where `swift test` puts it.
    static func path() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["PLIMSOLL_BINARY"], !path.isEmpty {
            guard FileManager.default.isExecutableFile(atPath: path) else {
                throw Problem("PLIMSOLL_BINARY is \(path), and there is no program there")
            }
            return path
        }
        // Some toolchains run the tests inside a helper, which names the bundle in its arguments.
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folders = [own, bundle].compactMap {
            $0.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        }
        guard
            let path = folders.map({ $0 + "/plimsoll" }).first(
                where: FileManager.default.isExecutableFile(atPath:))
        else {
            throw Problem(
                "no plimsoll in \(folders.joined(separator: " or ")): run swift build first, or set PLIMSOLL_BINARY"
            )
        }
        return path
    }
}
