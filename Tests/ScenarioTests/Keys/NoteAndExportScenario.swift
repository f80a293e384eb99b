import Testing

extension Scenarios {
    @Test("A note is in the recording, and e says where the CSV went")
    func noteAndExport() async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let terminal = try await TmuxTerminal(
            ["sweep", endpoint.url, "--users", "1,2", "--record", "a.plimsoll", "--stay"] + Endpoint.short,
            in: scratch)
        try await terminal.waitFor("level 1/2")
        try await terminal.press("m")
        try await terminal.type("the new build, \"nightly\"")
        try await terminal.waitFor("nightly")
        try await terminal.press("Enter")
        try await terminal.waitFor("marked: the new build")
        try await terminal.press("m")
        try await terminal.type("dropped")
        try await terminal.press("Escape")
        try await terminal.waitFor("done: all levels run")

        try await terminal.press("e")
        try await terminal.waitFor("exported 6 files to a-csv")
        let marks = try Table(scratch.text(of: "a-csv/marks.csv"))
        #expect(marks.rows.map { $0["note"] } == ["the new build, \"nightly\""])
        #expect(try Table(scratch.text(of: "a-csv/levels.csv")).rows.count == 2)

        // Over: no question now.
        try await terminal.press("q")
        #expect(try await terminal.status() == 0)
        #expect(try await terminal.damage() == [])
    }
}
