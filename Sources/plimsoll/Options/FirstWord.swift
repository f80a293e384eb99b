import ArgumentParser
import Measure
import Wire

/// The first word of the command line, where it is no command: what was probably meant.
enum FirstWord {
    /// `help swep` is about a command, too.
    static func check(_ arguments: [String], commands: [String]) throws(ValidationError) {
        let word = arguments.first == "help" ? arguments.dropFirst().first : arguments.first
        guard let word, !word.hasPrefix("-"), word != "help", !commands.contains(word) else { return }
        throw ValidationError(sentence(for: word, commands: commands))
    }

    static func sentence(for word: String, commands: [String]) -> String {
        // A URL may hold secrets.
        let shown = EndpointAddress.redacted(word)
        if word.hasSuffix(".plimsoll") {
            return "“\(shown)” is no command; did you mean 'plimsoll replay \(shown)'?"
        }
        if isAddress(word) { return "“\(shown)” is no command; did you mean 'plimsoll sweep \(shown)'?" }
        let near = commands.map { (name: $0, distance: distance(word.lowercased(), $0)) }
            .filter { $0.distance <= max(1, $0.name.count / 3) }.min { $0.distance < $1.distance }
        return near.map { "“\(shown)” is no command; did you mean '\($0.name)'?" }
            ?? "“\(shown)” is no command; there are \(commands.joined(separator: ", "))"
    }

    /// A word without a dot or a colon may be a host's name, and more likely is a command's.
    private static func isAddress(_ word: String) -> Bool {
        word.contains("://") || word == "localhost"
            || word.contains { $0 == "." || $0 == ":" } && (try? EndpointAddress(parsing: word)) != nil
    }

    /// How many letters are to be put in, left out, replaced, or exchanged with the next.
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.prefix(64)), Array(right))
        var rows = [Array(0...right.count)]
        for (i, letter) in left.enumerated() {
            var row = [i + 1]
            for (j, other) in right.enumerated() {
                var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == other ? 0 : 1))
                if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
                    least = min(least, rows[i - 1][j - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
