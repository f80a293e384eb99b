/// Makes prompts of a given number of words: random from the first letter on, so that no prefix cache
/// helps, and the same again for the same seed.
///
/// The words are short, common and lower case: most are one token to most tokenizers, so that the length
/// in tokens varies little from prompt to prompt.
public struct PromptSource: Sendable {
    private var random: SplitMix64

    public init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// Appends `count` words, separated by spaces. Nothing in them needs escaping in JSON.
    public mutating func append(words count: Int, to bytes: inout [UInt8]) {
        for index in 0..<max(0, count) {
            if index > 0 { bytes.append(UInt8(ascii: " ")) }
            let word = Self.words[Int(truncatingIfNeeded: random.next() % UInt64(Self.words.count))]
            bytes.append(contentsOf: word)
        }
    }

    private static let words: [[UInt8]] = """
        time year people way day man thing woman life child world school state family student group country
        problem hand part place case week company system program question work number night point home water
        room mother area money story fact month lot right study book eye job word business issue side kind
        head house service friend father power hour game line end member law car city name team minute idea
        body back parent face level office door health person art war history party result change morning
        reason research girl guy moment air teacher force education foot boy age policy music market sense
        nation plan college interest death experience effect use class control field development role effort
        rate heart drug show leader light voice wife police mind price report decision son view relationship
        town road arm difference value building action season society tax director position player record
        paper space ground form event official matter center couple site project activity star table need
        court oil situation cost industry figure street image phone data picture practice piece land product
        doctor wall patient worker news test movie north love support technology step baby computer type film
        tree source hair window culture chance brother energy period course summer plant opportunity term
        letter condition choice rule south floor campaign material population call economy hospital church
        risk fire future bank card sea blood message fish
        """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
}

/// A small, fast, seeded generator (S. Vigna's SplitMix64, public domain).
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
