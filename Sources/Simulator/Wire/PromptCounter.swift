/// The simulated tokenizer: one token a word, one more for each word of more than six letters, and the
/// chat template's 20 (1 for text completions). Words are what stands between ASCII white space; letters
/// are counted as Unicode scalars. So English prose is about 1.2 tokens a word, and a client that wants a
/// prompt of a given length has something to calibrate.
enum PromptCounter {
    static let chatTemplate = 20
    static let textTemplate = 1

    static func tokens(in text: String) -> Int {
        var tokens = 0
        var letters = 0
        var text = text
        text.withUTF8 { bytes in
            for byte in bytes {
                if byte == 0x20 || (0x09...0x0D).contains(byte) {
                    tokens += word(letters)
                    letters = 0
                } else if byte & 0xC0 != 0x80 {
                    letters += 1
                }
            }
        }
        return tokens + word(letters)
    }

    private static func word(_ letters: Int) -> Int {
        letters == 0 ? 0 : letters > 6 ? 2 : 1
    }
}
