import Testing

@testable import Canvas
@testable import Charts

@Suite struct TextTableTests {
    private let columns = [
        TableColumn("users", priority: 9), TableColumn("tok/s ± CI", priority: 8),
        TableColumn("TTFT p95", priority: 5), TableColumn("name", alignment: .left, priority: 1, maxWidth: 8),
    ]
    private let rows: [[TableCell]] = (0..<8).map { index in
        [TableCell("\(1 << index)"), "3 214 ± 12", "94 ms", "日本語モデル"]
    }

    private func table(_ width: Int, _ height: Int, selected: Int? = nil, offset: Int = 0) -> Canvas {
        drawn(width, height) { canvas, rect in
            TextTable(columns: columns, rows: rows, selected: selected, offset: offset)
                .draw(on: &canvas, in: rect)
        }
    }

    @Test func wide() {
        expectPicture(
            table(50, 4),
            """
            users    tok/s ± CI    TTFT p95    name
                1    3 214 ± 12       94 ms    日本語…
                2    3 214 ± 12       94 ms    日本語…
                4    3 214 ± 12       94 ms    日本語…
            """)
    }

    @Test func dropsTheLeastImportantFirst() {
        expectPicture(
            table(32, 2),
            """
            users    tok/s ± CI    TTFT p95
                1    3 214 ± 12       94 ms
            """)
        expectPicture(
            table(20, 2),
            """
            users    tok/s ± CI
                1    3 214 ± 12
            """)
        expectPicture(
            table(3, 2),
            """
            us…
              1
            """)
    }

    @Test func scrolls() {
        let table = TextTable(columns: columns, rows: rows, selected: 6)
        #expect(table.visible(height: 3) == 4..<7)
        var other = table
        other.selected = nil
        other.offset = 100
        #expect(other.visible(height: 3) == 5..<8)
        other.offset = -4
        #expect(other.visible(height: 3) == 0..<3)
        other.selected = 77
        #expect(other.visible(height: 0).isEmpty)
    }

    @Test func theSelectedRowStandsOut() {
        let canvas = table(50, 5, selected: 1)
        let selection = Theme.standard.color(.selectedBackground)
        #expect((0..<50).allSatisfy { canvas[$0, 2].style.background == selection })
        #expect((0..<50).allSatisfy { canvas[$0, 1].style.background == .terminal })
    }

    @Test func raggedAndEmpty() {
        var canvas = Canvas(width: 30, height: 3, glyphs: .ascii)
        let cells: [[TableCell]] = [[], ["1", "2", "3", "4", "5", "6"]]
        TextTable(columns: columns, rows: cells)
            .draw(on: &canvas, in: canvas.bounds)
        #expect(canvas.text.contains("3"))
        let empty = drawn(30, 3) { canvas, rect in
            TextTable(columns: columns, rows: [], emptyText: "no levels yet")
                .draw(on: &canvas, in: rect)
        }
        #expect(empty.text.contains("no levels yet"))
        var none = Canvas(width: 5, height: 5)
        let seen = TextTable(columns: [], rows: [[]])
            .draw(on: &none, in: none.bounds)
        #expect(seen == 0..<1)
    }

    /// It stays below the rows while they scroll, and gives way where there's room for one line only.
    @Test func aFooterStaysInSight() {
        func table(_ height: Int) -> Canvas {
            drawn(16, height) { canvas, rect in
                TextTable(
                    columns: columns, rows: rows, selected: 7, footer: ["255", "9 642"], leastGap: 1
                ).draw(on: &canvas, in: rect)
            }
        }
        expectPicture(
            table(4),
            """
            users tok/s ± CI
               64 3 214 ± 12
              128 3 214 ± 12
              255      9 642
            """)
        #expect(!table(2).text.contains("9 642"))
    }
}
