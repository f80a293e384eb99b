/// The Universal Scalability Law as fitted to measured levels, with what is known of its accuracy.
package struct ScalabilityFit: Hashable, Sendable {
    package var law: ScalabilityLaw
    /// 95 % half-widths of λ, σ and κ; infinite when the points leave no freedom to tell.
    package var lambdaHalfWidth: Double
    package var sigmaHalfWidth: Double
    package var kappaHalfWidth: Double
    /// The ceiling with its 95 % half-width (by the delta method; in truth some 88 % where κ lies on its bound
    /// of 0); nil when there is none.
    package var ceiling: Estimate?
    /// The largest distance of a point in the upper half (from half the best throughput up) from the curve,
    /// as a share of the point.
    package var worstMiss: Double
    /// Distinct concurrencies that went in.
    package var distinct: Int
}
