/// The words of which answers are made. None needs escaping in JSON.
enum Vocabulary {
    static let words: ContiguousArray<StaticString> = [
        " the", " ship", " carries", " a", " load", " line", " on", " her", " side", ",", " and", " no",
        " harbour", " lets", " one", " leave", " whose", " mark", " is", " under", " water", ".", " Tides",
        " turn", " slowly", " while", " cargo", " settles", " into", " holds", " that", " were", " measured",
        " by", " people", " who", " count", " every", " barrel", " twice", " before", " they", " sign",
        " for", " it", ";", " winter", " seas", " ask", " for", " more", " freeboard", " than", " summer",
        " ones", " do", ".", " Naïve", " captains", " learn", " this", " once", " – ", "if",
    ]

    /// A word for token `index` of request `number`; the same every time.
    static func word(_ index: Int, _ number: Int) -> StaticString {
        words[(index &+ number &* 7) & 63]
    }
}
