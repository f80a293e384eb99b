import Foundation
import Testing

@testable import Canvas

@Suite struct ThemeLibraryTests {
    @Test func searchesWhereUsersKeepThem() {
        let both = ThemeLibrary(environment: ["XDG_CONFIG_HOME": "/c", "HOME": "/h"])
        #expect(both.directories == ["/c/plimsoll/themes", "/h/.config/btop/themes"])
        let home = ThemeLibrary(environment: ["HOME": "/h", "XDG_CONFIG_HOME": ""])
        #expect(home.directories == ["/h/.config/plimsoll/themes", "/h/.config/btop/themes"])
        #expect(ThemeLibrary(environment: [:]).directories.isEmpty)
    }

    @Test func findsByNameAndByPath() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "themes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ name: String, _ bytes: [UInt8]) throws {
            try Data(bytes).write(to: folder.appending(path: name))
        }
        try write("mine.theme", Array("theme[main_fg]=\"#010203\"".utf8))
        try write("daylight.theme", Array("theme[main_fg]=\"#010203\"".utf8))
        try write("broken.theme", Array("\ntheme[title]=\"#1\"".utf8))
        try write("binary.theme", [0x0A, 0xFF, 0xFE, 0x00])
        let library = ThemeLibrary(directories: ["/nowhere", folder.path])
        #expect(try library.theme("mine").color(.foreground) == .rgb(1, 2, 3))
        #expect(try library.theme("\(folder.path)/mine.theme").name == "mine")
        #expect(try library.theme("daylight").color(.foreground) != .rgb(1, 2, 3))
        #expect(library.names().starts(with: Theme.builtIn.map(\.name)))
        #expect(library.names().filter { $0 == "daylight" }.count == 1)
        #expect(library.names().contains("mine"))
        let broken = #expect(throws: ThemeError.self) { try library.theme("broken") }
        #expect(broken?.description.contains("broken.theme:2: ") == true)
        let binary = #expect(throws: ThemeError.self) { try library.theme("binary") }
        #expect(binary?.line == 2)
        let missing = #expect(throws: ThemeError.self) { try library.theme("absent") }
        #expect(missing?.description.contains("plimsoll, daylight") == true)
        #expect(throws: ThemeError.self) { try library.theme("\(folder.path)/absent.theme") }
        #expect(throws: ThemeError.self) { try library.theme(folder.path + "/") }
        #expect(throws: ThemeError.self) { try library.theme("/dev/zero") }
    }
}
