/// Below this nothing can be shown but that it's too small.
enum SmallestScreen {
    static let width = 40
    static let height = 10

    static func fits(width: Int, height: Int) -> Bool { width >= self.width && height >= self.height }
}
