extension ThemeRole: CaseIterable {
    /// Each role once, the eight series last.
    package static var allCases: [ThemeRole] {
        [
            .background, .foreground, .title, .highlight, .selectedBackground, .selectedForeground, .inactive,
            .graphText, .meterBackground, .miscellaneous, .cpuBox, .memoryBox, .networkBox, .processBox,
            .divider, .good, .warn, .bad, .budget, .ceiling, .live, .loadLine,
        ] + (0..<8).map { .series($0) }
    }

    /// The role's key in a theme file.
    package var key: String {
        switch self {
        case .background: "main_bg"
        case .foreground: "main_fg"
        case .title: "title"
        case .highlight: "hi_fg"
        case .selectedBackground: "selected_bg"
        case .selectedForeground: "selected_fg"
        case .inactive: "inactive_fg"
        case .graphText: "graph_text"
        case .meterBackground: "meter_bg"
        case .miscellaneous: "proc_misc"
        case .cpuBox: "cpu_box"
        case .memoryBox: "mem_box"
        case .networkBox: "net_box"
        case .processBox: "proc_box"
        case .divider: "div_line"
        case .good: "state_good"
        case .warn: "state_warn"
        case .bad: "state_bad"
        case .budget: "chart_budget"
        case .ceiling: "chart_ceiling"
        case .live: "chart_live"
        case .loadLine: "chart_load_line"
        case .series(let index): "series_\(((index % 8) + 8) % 8 + 1)"
        }
    }
}
