import Foundation
import Testing

extension Scenarios {
    @Test(
        "A throttled GPU of this machine is a flag on the level; an idle one is not",
        arguments: [("0x40", true), ("0x04", true), ("0x01", false)])
    func throttledGPU(reasons: String, isThrottled: Bool) async throws {
        let scratch = try Scratch()
        let endpoint = try await Endpoint.start(in: scratch)
        let run = try await Program.run(
            ["sweep", endpoint.url, "--users", "1", "--json", "--no-record"] + Endpoint.short, in: scratch,
            environment: [
                "LD_LIBRARY_PATH": try scratch.fakeNVML(), "FAKE_NVML_REASONS": reasons,
            ])
        #expect(run.status == 0, "\(run.error)")
        #expect(run.output.contains("\"gpu-throttled\"") == isThrottled, "\(run.output)")
    }
}

extension Scratch {
    /// A folder with a library that calls itself NVIDIA's.
    fileprivate func fakeNVML() throws -> String {
        let built = URL(fileURLWithPath: try Binary.path()).deletingLastPathComponent()
        try FileManager.default.copyItem(
            atPath: built.appendingPathComponent("libfake-nvml.so").path, toPath: file("libnvidia-ml.so.1"))
        return path
    }
}
