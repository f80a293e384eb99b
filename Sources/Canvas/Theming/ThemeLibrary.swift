import System

/// Finds themes: those built in, then `plimsoll/themes` in the user's configuration folder, then btop's.
package struct ThemeLibrary: Sendable {
    /// Searched in this order, after the built-in ones.
    package let directories: [String]

    package init(directories: [String]) { self.directories = directories }

    /// By `XDG_CONFIG_HOME` and `HOME`; a relative or missing one is passed over, as the XDG rules ask.
    package init(environment: [String: String]) {
        func absolute(_ name: String) -> String? {
            environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        let home = absolute("HOME").map { $0 + "/.config" }
        let config = absolute("XDG_CONFIG_HOME") ?? home
        directories = [config.map { $0 + "/plimsoll/themes" }, home.map { $0 + "/btop/themes" }]
            .compactMap(\.self)
    }

    /// By name (`daylight`) or by file path (anything with a `/` in it or ending in `.theme`).
    ///
    /// - Throws: where there is no such theme, or its file is no theme.
    package func theme(_ nameOrPath: String) throws(ThemeError) -> Theme {
        if nameOrPath.contains("/") || nameOrPath.hasSuffix(".theme") {
            guard let theme = try Self.load(nameOrPath) else {
                throw ThemeError(source: nameOrPath, problem: "no such file, or it can't be read")
            }
            return theme
        }
        if let theme = Theme.builtIn.first(where: { $0.name == nameOrPath }) { return theme }
        for directory in directories {
            if let theme = try Self.load("\(directory)/\(nameOrPath).theme") { return theme }
        }
        throw ThemeError(
            source: nameOrPath,
            problem: "no theme of that name; there are \(names().joined(separator: ", ")), "
                + "or give a file's path")
    }

    /// Every name that `theme(_:)` finds, built-in ones first; for `t` to cycle through and for messages.
    package func names() -> [String] {
        var names = Theme.builtIn.map(\.name)
        for directory in directories {
            for file in PlainFile.names(in: directory).sorted() where file.hasSuffix(".theme") {
                let name = String(file.dropLast(".theme".count))
                if !name.isEmpty, !names.contains(name) { names.append(name) }
            }
        }
        return names
    }

    /// nil when there is no such file.
    private static func load(_ path: String) throws(ThemeError) -> Theme? {
        guard let bytes = PlainFile.read(path, limit: ThemeDocument.largest + 1) else { return nil }
        guard bytes.count <= ThemeDocument.largest else {
            throw ThemeError(
                source: path,
                problem: "longer than \(ThemeDocument.largest / 1024) KiB: no theme; "
                    + "a theme is a few kilobytes of text")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let valid = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\u{FFFD}" }
            throw ThemeError(
                source: path, line: valid.count(where: \.isNewline) + 1,
                problem: "not UTF-8 text; a theme has lines such as theme[main_fg]=\"#c8d3de\"")
        }
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let name = file.hasSuffix(".theme") ? String(file.dropLast(".theme".count)) : file
        do {
            return try Theme(parsing: text, name: name)
        } catch {
            throw ThemeError(source: path, line: error.line, problem: error.problem)
        }
    }
}
