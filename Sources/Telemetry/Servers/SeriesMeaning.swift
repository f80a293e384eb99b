import Measure

/// What one series may mean: worked out once, when it is first seen.
struct SeriesMeaning: Sendable {
    enum Target: Hashable, Sendable {
        case gauge(Gauge)
        case gaugePerhapsPercent(Gauge)
        case constant(Gauge, Double)
        case counter(Counter)
        case live(Counter)
        case bucket(Timing, bound: Double)
        case sum(Timing)
        case count(Timing)
    }

    var family: ServerKind
    /// The metric's name, the same for all parts of a histogram.
    var metric: String
    /// Of the engine that it is about; nil: of the server as a whole.
    var engine: String?
    var model: String?
    /// Among copies of the same, kept by each part of a distributed engine, the first is taken.
    var copy: Copy
    /// The histogram that it is a part of: metric and labels.
    var group: String
    var targets: [(target: Target, rank: Int, scale: Double)]

    struct Copy: Hashable, Comparable, Sendable {
        var ranks: [Int]

        static func < (left: Copy, right: Copy) -> Bool { left.ranks.lexicographicallyPrecedes(right.ranks) }
    }

    /// nil where it means nothing that is known.
    init?(_ text: String) {
        let series = SeriesName(text)
        // A request's own priority: its parts' total has the same label, empty.
        guard series["priority"]?.isEmpty ?? true else { return nil }
        guard let found = Self.find(String(series.name), in: series) else { return nil }
        family = found.family
        metric = found.metric
        targets = found.targets
        let names = Self.engineLabels.compactMap { series[$0] }.filter { !$0.isEmpty }
        engine = names.isEmpty ? nil : names.joined(separator: " ")
        model = (series["model_name"] ?? series["model"]).flatMap { $0.isEmpty ? nil : $0 }
        copy = Copy(ranks: Self.copyLabels.map { series[$0].flatMap(Int.init) ?? 0 })
        group =
            metric
            + series.labels.filter { $0.key != "le" }.map { "\($0.key)=\($0.value)" }.sorted()
            .joined(separator: ",")
    }

    /// They name a data-parallel engine, a replica, a worker, or its part in a disaggregated one.
    private static let engineLabels = [
        "pod", "instance", "dynamo_component", "worker_id", "engine", "dp_rank",
    ]

    /// Each stage and each shard of one engine works on the same requests.
    private static let copyLabels = ["pp_rank", "tp_rank", "moe_ep_rank"]

    private struct Found {
        var family: ServerKind
        var metric: String
        var targets: [(target: Target, rank: Int, scale: Double)]
    }

    private static func find(_ name: String, in series: SeriesName) -> Found? {
        for (place, family) in ServerFamily.all.enumerated() {
            for prefix in family.prefixes where name.hasPrefix(prefix) {
                // Families later in the list say what earlier ones know better.
                if let found = find(name, behind: prefix.count, of: family, at: place, in: series) {
                    return found
                }
            }
        }
        // Others have borrowed these names, with a prefix of their own or with none.
        let prefix = name.firstIndex(of: ":").map { name.distance(from: name.startIndex, to: $0) + 1 } ?? 0
        for family in [ServerFamily.vllm, .sglang] {
            guard
                var found = find(name, behind: prefix, of: family, at: ServerFamily.all.count, in: series)
            else { continue }
            found.family = .other
            return found
        }
        // Its prefix can be changed, as far as here.
        for part in ["_frontend_", "_component_"] {
            guard let range = name.firstRange(of: part) else { continue }
            let prefix = name.distance(from: name.startIndex, to: range.upperBound)
            return find(name, behind: prefix, of: .dynamo, at: ServerFamily.all.count, in: series)
        }
        return nil
    }

    private static func find(
        _ whole: String, behind prefix: Int, of family: ServerFamily, at place: Int, in series: SeriesName
    ) -> Found? {
        let name = String(whole.dropFirst(prefix))
        var found = Found(family: family.kind, metric: whole, targets: [])
        func add(_ rule: MetricRule, _ target: Target) {
            guard rule.fits(series) else { return }
            found.targets.append((target, place * 16 + rule.rank, rule.scale))
        }
        func addPlain(_ rule: MetricRule) {
            switch rule.meaning {
            case .gauge(let gauge): add(rule, .gauge(gauge))
            case .gaugePerhapsPercent(let gauge): add(rule, .gaugePerhapsPercent(gauge))
            case .counter(let counter): add(rule, .counter(counter))
            case .counterBy(let label, let counter):
                if let counter = series[label].flatMap(counter) { add(rule, .counter(counter)) }
            case .live(let counter): add(rule, .live(counter))
            case .sum(let timing): add(rule, .sum(timing))
            case .count(let timing): add(rule, .count(timing))
            case .labels(let read):
                for (gauge, value) in read(series) { add(rule, .constant(gauge, value)) }
            case .histogram: break
            }
        }
        for rule in family.rules[name] ?? [] { addPlain(rule) }
        if found.targets.isEmpty, name.hasSuffix("_total") {
            for rule in family.rules[String(name.dropLast("_total".count))] ?? [] { addPlain(rule) }
        }
        for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
            let base = String(name.dropLast(suffix.count))
            found.metric = whole.prefix(prefix) + base
            for rule in family.rules[base] ?? [] {
                guard case .histogram(let timing) = rule.meaning else { continue }
                if let target = part(suffix, of: timing, series, scale: rule.scale) { add(rule, target) }
            }
        }
        return found.targets.isEmpty ? nil : found
    }

    private static func part(
        _ suffix: String, of timing: Timing, _ series: SeriesName, scale: Double
    ) -> Target? {
        switch suffix {
        case "_sum": return .sum(timing)
        case "_count": return .count(timing)
        default:
            guard let text = series["le"], let bound = Double(text), !bound.isNaN,
                bound.isFinite || text.lowercased().hasSuffix("inf")
            else { return nil }
            // Whole nanoseconds, so that a limit can be compared with it.
            let scaled = bound * scale
            return .bucket(timing, bound: scaled.isFinite ? scaled.rounded() : scaled)
        }
    }
}
