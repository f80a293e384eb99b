#if FUZZING
/// For libFuzzer: `swift build --sanitize fuzzer -Xswiftc -DFUZZING --scratch-path .build-fuzz --product
/// plimsoll-fuzz`, then `.build-fuzz/debug/plimsoll-fuzz -max_total_time=60 CORPUS`.
@_cdecl("LLVMFuzzerTestOneInput")
package func fuzzOneInput(_ bytes: UnsafeRawPointer, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: bytes, count: count)
    WireFuzz.run(input)
    FilesFuzz.run(input)
    PagesFuzz.run(input)
    return 0
}
#else
import FoundationEssentials

/// Without libFuzzer: the files named on the command line, once each; for inputs that once failed.
@main
struct Entry {
    static func main() throws {
        for path in CommandLine.arguments.dropFirst() {
            try Data(contentsOf: URL(filePath: path)).withUnsafeBytes { input in
                WireFuzz.run(input)
                FilesFuzz.run(input)
                PagesFuzz.run(input)
            }
        }
    }
}
#endif
