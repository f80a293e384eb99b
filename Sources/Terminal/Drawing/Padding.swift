/// Delays such as `$<2/>` in terminfo strings, which only terminals of the seventies needed.
enum Padding {
    static func stripped(_ string: String) -> [UInt8] {
        let bytes = Array(string.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count,
                bytes[index + 1] == UInt8(ascii: "<"),
                let end = bytes[index...].firstIndex(of: UInt8(ascii: ">"))
            {
                index = end + 1
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
