/// Linear systems of two or three unknowns.
enum SmallLinearSystem {
    /// The inverse by Gauss–Jordan with partial pivoting; nil when the matrix is singular or not finite.
    static func inverse(_ matrix: [[Double]]) -> [[Double]]? {
        let size = matrix.count
        // Unknowns of very different scale (λ in thousands, κ in millionths) are brought to one first.
        let scale = matrix.indices.map { matrix[$0][$0].squareRoot() }
        guard scale.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
        var work = matrix.indices.map { row in
            matrix.indices.map { matrix[row][$0] / (scale[row] * scale[$0]) }
                + matrix.indices.map { $0 == row ? 1.0 : 0.0 }
        }
        for column in 0..<size {
            guard let pivot = (column..<size).max(by: { abs(work[$0][column]) < abs(work[$1][column]) }),
                abs(work[pivot][column]) > 1e-13
            else { return nil }
            work.swapAt(column, pivot)
            let divisor = work[column][column]
            work[column] = work[column].map { $0 / divisor }
            for row in 0..<size where row != column {
                let factor = work[row][column]
                for place in 0..<2 * size { work[row][place] -= factor * work[column][place] }
            }
        }
        return work.indices.map { row in
            (0..<size).map { work[row][size + $0] / (scale[row] * scale[$0]) }
        }
    }

    static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
        matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }
}
