/// What a colour is for. The first group is btop's, by btop's meaning; the second is ours.
package enum ThemeRole: Hashable, Sendable {
    /// `main_bg`; `.terminal` in most themes.
    case background
    /// `main_fg`: ordinary text.
    case foreground
    /// `title`: a panel's title, a heading.
    case title
    /// `hi_fg`: keys to press, what's marked.
    case highlight
    /// `selected_bg`, `selected_fg`: the selected row.
    case selectedBackground
    case selectedForeground
    /// `inactive_fg`: what matters less; tick labels.
    case inactive
    /// `graph_text`: names on charts.
    case graphText
    /// `meter_bg`: the empty part of a gauge.
    case meterBackground
    /// `proc_misc`
    case miscellaneous
    /// `cpu_box`, `mem_box`, `net_box`, `proc_box`: panels' frames; `div_line`: axes and rules.
    case cpuBox
    case memoryBox
    case networkBox
    case processBox
    case divider

    /// `state_good`, `state_warn`, `state_bad`.
    case good
    case warn
    case bad
    /// `chart_budget`, `chart_ceiling`, `chart_live`, `chart_load_line`.
    case budget
    case ceiling
    case live
    case loadLine
    /// `series_1` … `series_8`: one endpoint's colour, from 0; begins again after eight.
    case series(Int)
}
