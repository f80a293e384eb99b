/// How many colours a terminal can show.
package enum ColorDepth: String, Hashable, Sendable, CaseIterable {
    /// None: attributes only.
    case mono
    case ansi16
    case ansi256
    case trueColor
}
