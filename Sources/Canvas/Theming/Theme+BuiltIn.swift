extension Theme {
    /// The default.
    package static let standard: Theme = {
        let document = try? ThemeDocument(
            String(decoding: PackageResources.plimsoll_theme, as: UTF8.self), source: "plimsoll")
        guard let document else { return Theme(name: "plimsoll", paints: [:], stops: [:]) }
        return Theme(document, name: "plimsoll", base: nil)
    }()

    /// Attributes only.
    static let mono: Theme =
        builtIn.first { $0.name == "mono" } ?? Theme(name: "mono", paints: [:], stops: [:])

    /// Those that the program brings along; the default first.
    package static let builtIn: [Theme] =
        [standard]
        + files.compactMap { name, bytes in
            try? Theme(parsing: String(decoding: bytes, as: UTF8.self), name: name)
        }

    private static let files: [(String, [UInt8])] = [
        ("daylight", PackageResources.daylight_theme),
        ("terminal", PackageResources.terminal_theme),
        ("sixteen", PackageResources.sixteen_theme),
        ("mono", PackageResources.mono_theme),
        ("deuteranopia", PackageResources.deuteranopia_theme),
        ("tritanopia", PackageResources.tritanopia_theme),
        ("harbour", PackageResources.harbour_theme),
        ("phosphor", PackageResources.phosphor_theme),
        ("lantern", PackageResources.lantern_theme),
    ]
}
