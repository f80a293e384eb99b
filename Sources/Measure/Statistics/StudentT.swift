/// Student's t distribution, as far as confidence intervals need it.
enum StudentT {
    /// The factor of a two-sided 95 % confidence interval with so many degrees of freedom; nil below one.
    /// (Any table of t at 0.975; from 31 on the Cornish–Fisher expansion, good to 0.001.)
    static func factor95(degreesOfFreedom: Int) -> Double? {
        guard degreesOfFreedom >= 1 else { return nil }
        if degreesOfFreedom <= table.count { return table[degreesOfFreedom - 1] }
        let normal = 1.959964
        let cube = normal * normal * normal
        return normal + (cube + normal) / (4 * Double(degreesOfFreedom))
    }

    private static let table = [
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788,
        2.1604,
        2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595,
        2.0555,
        2.0518, 2.0484, 2.0452, 2.0423,
    ]
}
