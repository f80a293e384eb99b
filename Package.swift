// swift-tools-version: 6.1
import PackageDescription

let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")

let package = Package(
    name: "plimsoll",
    products: [
        .executable(name: "plimsoll", targets: ["plimsoll"]),
        .executable(name: "plimsoll-bench", targets: ["plimsoll-bench"]),
        // Stands in for NVIDIA's library in the scenarios.
        .library(name: "fake-nvml", type: .dynamic, targets: ["FakeNVML"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .target(name: "CSignals"),
        .target(name: "System", dependencies: ["CSignals"]),
        .target(
            name: "Measure",
            dependencies: ["System", .product(name: "Histogram", package: "hdrhistogram-swift")]),
        .target(name: "Wire", dependencies: ["Measure", "System"]),
        .target(name: "Client", dependencies: ["Measure", "System", "Wire", nio, nioPosix, nioSSL, nioTLS]),
        .target(name: "Sweep", dependencies: ["Measure"]),
        .target(name: "Telemetry", dependencies: ["Measure", "System"]),
        .target(name: "Collector", dependencies: ["Measure", "System", "Telemetry"]),
        .target(name: "CRecording", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "Recording",
            dependencies: [
                "Measure", "System", "Collector", "CRecording", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(name: "Canvas", dependencies: ["System"], resources: [.embedInCode("Themes")]),
        .target(name: "Charts", dependencies: ["Canvas", "Measure", "System"]),
        .target(name: "Dashboard", dependencies: ["Canvas", "Charts", "Measure"]),
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
        .target(name: "Terminal", dependencies: ["Canvas", "Measure", "System", "CNcurses"]),
        .target(name: "Simulator", dependencies: ["Measure", "System", "Wire", nio, nioPosix]),
        .target(
            name: "Session",
            dependencies: [
                "Measure", "System", "Wire", "Client", "Sweep", "Telemetry", "Collector", "Recording",
                "Canvas", "Charts", "Dashboard", "Terminal",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "plimsoll",
            dependencies: [
                "Measure", "System", "Wire", "Client", "Recording", "Canvas", "Charts", "Dashboard",
                "Terminal",
                "Session", "Simulator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "plimsoll-fuzz", dependencies: ["Wire", "Telemetry", "Recording", "Canvas", "Measure"]),
        .executableTarget(name: "plimsoll-epoll"),
        // It imports neither of the two programs, but runs both: they are built with it.
        .executableTarget(name: "plimsoll-bench", dependencies: ["System", "plimsoll", "plimsoll-epoll"]),
        .testTarget(name: "MeasureTests", dependencies: ["Measure"]),
        .testTarget(
            name: "WireTests", dependencies: ["Wire"], resources: [.copy("Captures")]),
        .testTarget(
            name: "ClientTests",
            dependencies: ["Client", "Collector", "Simulator", "Sweep", "System", "TestServer"]),
        .testTarget(name: "SweepTests", dependencies: ["Sweep"]),
        .testTarget(
            name: "TelemetryTests", dependencies: ["FakeNVML", "Measure", "Simulator", "Telemetry"],
            resources: [.copy("Captures")]),
        .testTarget(name: "CollectorTests", dependencies: ["Collector"]),
        .testTarget(
            name: "RecordingTests", dependencies: ["Recording"], resources: [.copy("Format1")]),
        .testTarget(name: "CanvasTests", dependencies: ["Canvas", "Measure"]),
        .testTarget(name: "ChartsTests", dependencies: ["Charts"]),
        .testTarget(
            name: "DashboardTests", dependencies: ["Dashboard"], exclude: ["Pictures"]),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal"]),
        .testTarget(name: "SimulatorTests", dependencies: ["Simulator", "Wire"]),
        .testTarget(
            name: "SessionTests",
            dependencies: [
                "Session", "Canvas", "Client", "Collector", "Dashboard", "Measure", "Recording", "Sweep",
                "System", "Telemetry", "Terminal", "TestServer", "Wire",
                nio,
            ]),
        .testTarget(name: "PlimsollTests", dependencies: ["plimsoll", "Session"]),
        .target(name: "TestServer", path: "Tests/TestServer"),
        .target(name: "FakeNVML", path: "Tests/FakeNVML"),
        .testTarget(name: "ScenarioTests", dependencies: ["Measure", "Collector", "Recording", "System"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
