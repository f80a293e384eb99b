import Canvas

/// Text broken into lines at its blanks.
enum Paragraph {
    /// Lines of at most `width` columns; a word that is longer is cut into pieces.
    static func lines(_ text: String, width: Int) -> [String] {
        guard width > 0 else { return [] }
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in Harmless.text(text, limit: 2000).split(separator: " ") {
            for piece in pieces(word, width: width) {
                let columns = TextWidth.columns(of: piece)
                if used > 0, used + 1 + columns > width {
                    lines.append(line)
                    line = ""
                    used = 0
                }
                if used > 0 {
                    line += " "
                    used += 1
                }
                line += piece
                used += columns
            }
        }
        if used > 0 { lines.append(line) }
        return lines
    }

    private static func pieces(_ word: Substring, width: Int) -> [String] {
        guard TextWidth.columns(of: String(word)) > width else { return [String(word)] }
        var pieces: [String] = []
        var piece = ""
        for character in word {
            if TextWidth.columns(of: piece + String(character)) > width, !piece.isEmpty {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        pieces.append(piece)
        return pieces
    }
}
