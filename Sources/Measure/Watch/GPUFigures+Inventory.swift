extension [GPUFigures] {
    /// Which GPUs these are, alike ones counted: "2 × NVIDIA H100 80GB HBM3". nil: there are none.
    package var inventory: Shown? {
        var names: [Shown] = []
        var counts: [Shown: Int] = [:]
        for gpu in self {
            let name = gpu.name ?? "GPU"
            if counts[name] == nil { names.append(name) }
            counts[name, default: 0] += 1
        }
        let words: [Shown] = names.map { "\(counts[$0] ?? 0) × \($0)" }
        return words.dropFirst().reduce(words.first) { all, next in all.map { "\($0), \(next)" } }
    }
}

extension Snapshot {
    /// The GPUs that were seen: this machine's, or those of an exporter's page.
    package var gpusSeen: Shown? { watch.gpus?.scrape.inventory }
}
