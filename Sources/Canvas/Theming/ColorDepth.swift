/// How many colours a terminal can show.
package enum ColorDepth: String, Hashable, Sendable, CaseIterable {
    /// None: attributes only.
    case mono
    /// Eight, and the same once more in bold.
    case ansi8
    case ansi16
    case ansi256
    case trueColor
}
