/// Numbers as people read them: at most four significant digits, a unit, "–" for what isn't known.
public enum Format {
    /// What stands for a value that isn't there.
    public static let unknown = "–"
}
