import Testing

@testable import plimsoll

@Suite struct PictureNameTests {
    @Test(arguments: ["a.svg", "A.SVG", "out.d/picture", "/dev/full", ".hidden", "x/y.z.svg"])
    func pictures(path: String) throws { try PictureName.check(path) }

    @Test(arguments: ["x.png", "a/b.jpeg", "x.svg.png", "x.pdf", "x."])
    func others(path: String) {
        #expect(throws: (any Error).self) { try PictureName.check(path) }
    }
}
