import Measure

/// Makes prompts of a given number of words: random from the first letter on, so that no prefix cache
/// helps, and the same again for the same seed.
///
/// The words are common, lower case and of at most six letters: one token each to most tokenizers, so that
/// the length in tokens hardly varies from prompt to prompt.
package struct PromptSource: Sendable {
    private var random: SplitMix64

    package init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// Appends `count` words, separated by spaces. Nothing in them needs escaping in JSON.
    package mutating func append(words count: Int, to bytes: inout [UInt8]) {
        for index in 0..<max(0, count) {
            if index > 0 { bytes.append(UInt8(ascii: " ")) }
            let word = Self.words[Int(truncatingIfNeeded: random.next() % UInt64(Self.words.count))]
            bytes.append(contentsOf: word)
        }
    }

    private static let words: [[UInt8]] = """
        time year people way day man thing woman life child world school state family group hand
        part place case week system work number night point home water room mother area money story
        fact month lot right study book eye job word issue side kind head house friend father power
        hour game line end member law car city name team minute idea body back parent face level
        office door health person art war party result change reason girl guy moment air force foot
        boy age policy music market sense nation plan death effect use class field role effort rate
        heart drug show leader light voice wife police mind price report son view town road arm
        value action season tax player record paper space ground form event matter center couple
        site star table need court oil cost figure street image phone data piece land doctor wall
        worker news test movie north love step baby type film tree source hair window chance energy
        period course summer plant term letter choice rule south floor call church risk fire future
        bank card sea blood fish
        """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
}
