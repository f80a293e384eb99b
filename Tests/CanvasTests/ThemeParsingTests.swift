import Testing

@testable import Canvas

@Suite struct ThemeParsingTests {
    @Test(arguments: [
        ("theme[main_fg]=\"#102030\"", Color.rgb(16, 32, 48)),
        ("theme[main_fg]=\"#cc\"", .rgb(204, 204, 204)),
        ("theme[main_fg]=\"1 2 255\"", .rgb(1, 2, 255)), ("theme[main_fg]='#102030'", .rgb(16, 32, 48)),
        ("theme[main_fg]=#102030", .rgb(16, 32, 48)), ("theme[main_fg]=#102030 # ink", .rgb(16, 32, 48)),
        ("theme[main_fg]=\"#102030\" # ink", .rgb(16, 32, 48)),
        ("  theme [ main_fg ] = \"#102030\"  ", .rgb(16, 32, 48)),
        ("# a comment\r\n\r\ntheme[main_fg]=\"#102030\"\r\n", .rgb(16, 32, 48)),
        ("\u{FEFF}theme[main_fg]=\"#102030\"", .rgb(16, 32, 48)),
        ("theme[main_fg]=\"ansi:4\"", .ansi(4)), ("theme[main_fg]=\"terminal bold\"", .terminal),
        ("theme[unknown]=\"what ever\"\ntheme[main_fg]=\"#AbCdEf\"", .rgb(0xAB, 0xCD, 0xEF)),
    ])
    func reads(_ text: String, _ color: Color) throws {
        #expect(try Theme(parsing: text, name: "t").color(.foreground) == color)
    }

    @Test(arguments: [
        ("theme[main_fg]=\"#12\"\ntheme[title]=\"#12345\"", 2, "#12345"),
        ("theme[main_fg]=\"blue\"", 1, "blue"),
        ("\n\ntheme[main_fg]=\"1 2 256\"", 3, "1 2 256"), ("theme[main_fg]=\"1 2\"", 1, "1 2"),
        ("theme[main_fg]=\"ansi:16\"", 1, "ansi:16"), ("theme[main_fg]=\"#+12345\"", 1, "#+12345"),
        ("theme[main_fg]=\"#102030", 1, "cut short"), ("theme[main_fg", 1, "cut short"),
        ("theme main_fg = blue", 1, "cut short"), ("theme[]=\"#102030\"", 1, "cut short"),
        ("theme[title]=\"#aa\"\n\u{0}\u{1}\u{2}", 2, "no text file"),
    ])
    func refusesWithTheLine(_ text: String, _ line: Int, _ word: String) {
        let error = #expect(throws: ThemeError.self) { try Theme(parsing: text, name: "my.theme") }
        #expect(error?.line == line)
        #expect(error?.description.contains("my.theme:\(line): ") == true)
        #expect(error?.description.contains(word) == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test(arguments: ["", "just some\nprose", "{\"json\": true}"])
    func refusesWhatIsNoTheme(_ text: String) {
        let error = #expect(throws: ThemeError.self) { try Theme(parsing: text, name: "x") }
        #expect(error?.line == nil)
        #expect(error?.description.contains("theme[main_fg]") == true)
    }

    @Test func refusesWhatIsTooLong() {
        let text = "theme[main_fg]=\"#102030\"\n" + String(repeating: "#\n", count: 200_000)
        #expect(throws: ThemeError.self) { try Theme(parsing: text, name: "x") }
    }

    @Test func errorsHoldNoEscapeSequences() {
        let error = #expect(throws: ThemeError.self) {
            try Theme(parsing: "theme[title]=\"\u{202E}x\"", name: "\u{1B}[31mevil")
        }
        let text = error?.description ?? "\u{1B}"
        let isClean = text.unicodeScalars.allSatisfy { $0 != "\u{1B}" && $0 != "\u{202E}" }
        #expect(isClean)
    }

    @Test func gradients() throws {
        let text = """
            theme[cpu_start]="0 0 0"
            theme[cpu_mid]="100 0 0"
            theme[cpu_end]="100 200 0"
            theme[temp_start]="0 0 0"
            theme[temp_mid]=""
            theme[temp_end]="200 100 0"
            theme[free_start]="1 2 3"
            theme[free_mid]="9 9 9"
            theme[free_end]=""
            theme[used_start]="ansi:1"
            theme[used_end]="ansi:2"
            """
        let theme = try Theme(parsing: text, name: "g")
        #expect(theme.gradient(.cpu, at: 0) == .rgb(0, 0, 0))
        #expect(theme.gradient(.cpu, at: 0.25) == .rgb(50, 0, 0))
        #expect(theme.gradient(.cpu, at: 0.5) == .rgb(100, 0, 0))
        #expect(theme.gradient(.cpu, at: 0.75) == .rgb(100, 100, 0))
        #expect(theme.gradient(.cpu, at: 1) == .rgb(100, 200, 0))
        #expect(theme.gradient(.temperature, at: 0.5) == .rgb(100, 50, 0))
        #expect(theme.gradient(.free, at: 1) == .rgb(1, 2, 3))
        #expect(theme.gradient(.used, at: 0.4) == .ansi(1))
        #expect(theme.gradient(.used, at: 0.6) == .ansi(2))
        // Siblings, and what no number should break.
        #expect(theme.gradient(.process, at: 0.5) == .rgb(100, 0, 0))
        #expect(theme.gradient(.latency, at: 1) == .rgb(100, 200, 0))
        #expect(theme.gradient(.cpu, at: .nan) == .rgb(0, 0, 0))
        #expect(theme.gradient(.cpu, at: .infinity) == .rgb(100, 200, 0))
        #expect(theme.gradient(.cpu, at: -3) == .rgb(0, 0, 0))
        // What says how something stands comes from a gradient, too, as far as it can be read.
        #expect(theme.color(.good) != .rgb(0, 0, 0))
        #expect(theme.color(.bad) == .rgb(100, 200, 0))
    }

    @Test func missingKeysFallBack() throws {
        let theme = try Theme(parsing: "theme[inactive_fg]=\"#999999\"", name: "f")
        #expect(theme.color(.background) == .terminal)
        #expect(theme.color(.graphText) == .rgb(0x99, 0x99, 0x99))
        #expect(theme.color(.meterBackground) == .rgb(0x99, 0x99, 0x99))
        #expect(theme.color(.foreground) == Theme.standard.color(.foreground))
        #expect(theme.gradient(.cpu, at: 1) == Theme.standard.gradient(.cpu, at: 1))
        #expect(theme.color(.series(9)) == theme.color(.series(1)))
        #expect(theme.color(.series(-1)) == theme.color(.series(7)))
        #expect(theme.style(.bad).attributes.contains(.bold))
    }

    @Test func monoTellsByAttributes() {
        let theme = Theme.standard.adapted(to: .mono)
        let isColourless = ThemeRole.allCases.allSatisfy { theme.color($0) == .terminal }
        #expect(isColourless)
        #expect(theme.selection.attributes.contains(.reverse))
        #expect(theme.style(.bad).attributes != theme.style(.good).attributes)
        #expect(Theme.standard.adapted(to: .ansi256) == .standard)
    }
}
