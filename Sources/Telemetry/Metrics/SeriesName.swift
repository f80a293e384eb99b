/// A series' name and labels, taken apart.
struct SeriesName: Hashable, Sendable {
    var name: Substring
    var labels: [Label]

    struct Label: Hashable, Sendable {
        var key: Substring
        var value: String
    }

    /// What comes after a label that makes no sense is passed over.
    init(_ series: String) {
        guard let brace = series.firstIndex(of: "{") else {
            name = series[...]
            labels = []
            return
        }
        name = series[..<brace]
        labels = []
        var rest = series[series.index(after: brace)...]
        while let equals = rest.firstIndex(of: "=") {
            let key = rest[..<equals].drop { $0 == " " || $0 == "," || $0 == "\t" }
            rest = rest[rest.index(after: equals)...]
            guard rest.first == "\"" else { return }
            var value = ""
            var isEscaped = false
            var end: String.Index?
            for index in rest.indices.dropFirst() {
                let character = rest[index]
                if isEscaped {
                    value.append(character == "n" ? "\n" : character)
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    end = index
                    break
                } else {
                    value.append(character)
                }
            }
            guard let end else { return }
            labels.append(Label(key: key.prefix { $0 != " " }, value: value))
            rest = rest[rest.index(after: end)...]
        }
    }

    subscript(key: String) -> String? { labels.first { $0.key == key }?.value }
}
