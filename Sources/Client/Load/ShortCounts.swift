/// Answers of one endpoint whose server counted one token fewer than there were chunks. Now and then that is a
/// last chunk without a token of its own; where it repeats, the server can't count.
struct ShortCounts {
    private var answers = 0
    private var short = 0

    private static let least = 3

    /// Takes one answer; true where such a count is not to be believed any more.
    mutating func repeats(with isShort: Bool) -> Bool {
        answers += 1
        if isShort { short += 1 }
        return isShort && short >= Self.least && 2 * short > answers
    }
}
