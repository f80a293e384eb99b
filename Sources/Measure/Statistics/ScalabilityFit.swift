/// The Universal Scalability Law as fitted to measured levels, with what is known of its accuracy.
public struct ScalabilityFit: Hashable, Sendable {
    public var law: ScalabilityLaw
    /// 95 % half-widths of λ, σ and κ; infinite when the points leave no freedom to tell.
    public var lambdaHalfWidth: Double
    public var sigmaHalfWidth: Double
    public var kappaHalfWidth: Double
    /// The ceiling with its 95 % half-width (by the delta method; in truth some 88 % where κ lies on its bound
    /// of 0); nil when there is none.
    public var ceiling: Estimate?
    /// The largest distance of a point in the upper half (from half the best throughput up) from the curve,
    /// as a share of the point.
    public var worstMiss: Double
    /// Distinct concurrencies that went in.
    public var distinct: Int
}
