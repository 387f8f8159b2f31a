//! Small symmetric matrices, row by row in one vector: as much of linear algebra as a hazard model needs.

/// A square matrix of `n` rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    n: usize,
    cells: Vec<f64>,
}

impl Square {
    /// All zero.
    pub fn zero(n: usize) -> Square {
        Square { n, cells: vec![0.0; n * n] }
    }

    /// Rows (and columns).
    pub fn size(&self) -> usize {
        self.n
    }

    /// The cell of a row and a column; 0 outside.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        if column < self.n { self.cells.get(row * self.n + column).copied().unwrap_or(0.0) } else { 0.0 }
    }

    /// Adds to a cell.
    pub fn add(&mut self, row: usize, column: usize, more: f64) {
        if column < self.n
            && let Some(cell) = self.cells.get_mut(row * self.n + column)
        {
            *cell += more;
        }
    }

    /// Sets a cell.
    pub fn set(&mut self, row: usize, column: usize, to: f64) {
        let was = self.at(row, column);
        self.add(row, column, to - was);
    }

    /// The matrix times a vector.
    pub fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.cells.chunks(self.n.max(1)).map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum()).collect()
    }

    /// `self * middle * selfᵀ`.
    pub fn around(&self, middle: &Square) -> Square {
        let n = self.n;
        let mut left = Square::zero(n);
        let mut whole = Square::zero(n);
        for i in 0..n {
            for j in 0..n {
                left.add(i, j, (0..n).map(|k| self.at(i, k) * middle.at(k, j)).sum());
            }
        }
        for i in 0..n {
            for j in 0..n {
                whole.add(i, j, (0..n).map(|k| left.at(i, k) * self.at(j, k)).sum());
            }
        }
        whole
    }

    /// The rows and columns of `keep`, in that order.
    pub fn kept(&self, keep: &[usize]) -> Square {
        let mut less = Square::zero(keep.len());
        for (i, &row) in keep.iter().enumerate() {
            for (j, &column) in keep.iter().enumerate() {
                less.add(i, j, self.at(row, column));
            }
        }
        less
    }
}

/// Lower triangle `l` with `l lᵀ` the matrix. A column that the ones before it already say (its pivot falls below
/// `tolerance` of its diagonal) is left out: its number stands in `aliased`.
#[derive(Clone, Debug)]
pub struct Cholesky {
    l: Square,
    /// Columns that depend on earlier ones.
    pub aliased: Vec<usize>,
}

impl Cholesky {
    /// Factors a symmetric matrix that is not negative.
    pub fn of(matrix: &Square, tolerance: f64) -> Cholesky {
        let n = matrix.size();
        let (mut l, mut aliased) = (Square::zero(n), Vec::new());
        for j in 0..n {
            let pivot = matrix.at(j, j) - (0..j).map(|k| l.at(j, k).powi(2)).sum::<f64>();
            if pivot.is_nan() || pivot <= tolerance * matrix.at(j, j).abs() || pivot <= 0.0 {
                aliased.push(j);
                continue;
            }
            let root = pivot.sqrt();
            l.set(j, j, root);
            for i in j + 1..n {
                let rest = matrix.at(i, j) - (0..j).map(|k| l.at(i, k) * l.at(j, k)).sum::<f64>();
                l.set(i, j, rest / root);
            }
        }
        // A row of a column that was left out has no part in the others.
        for &j in &aliased {
            for k in 0..n {
                l.set(j, k, 0.0);
            }
        }
        Cholesky { l, aliased }
    }

    /// The factor.
    pub fn lower(&self) -> &Square {
        &self.l
    }

    /// The solution; 0 in the columns left out.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let n = self.l.size();
        let mut x = right.to_vec();
        x.resize(n, 0.0);
        let kept = |i: usize| self.l.at(i, i) > 0.0;
        for i in 0..n {
            let below: f64 = (0..i).map(|k| self.l.at(i, k) * x.get(k).copied().unwrap_or(0.0)).sum();
            if let Some(cell) = x.get_mut(i) {
                *cell = if kept(i) { (*cell - below) / self.l.at(i, i) } else { 0.0 };
            }
        }
        for i in (0..n).rev() {
            let above: f64 = (i + 1..n).map(|k| self.l.at(k, i) * x.get(k).copied().unwrap_or(0.0)).sum();
            if let Some(cell) = x.get_mut(i) {
                *cell = if kept(i) { (*cell - above) / self.l.at(i, i) } else { 0.0 };
            }
        }
        x
    }

    /// The inverse; rows and columns left out are 0.
    pub fn inverse(&self) -> Square {
        let n = self.l.size();
        let mut inverse = Square::zero(n);
        for j in 0..n {
            if self.l.at(j, j) > 0.0 {
                let mut unit = vec![0.0; n];
                if let Some(cell) = unit.get_mut(j) {
                    *cell = 1.0;
                }
                for (i, value) in self.solve(&unit).into_iter().enumerate() {
                    inverse.add(i, j, value);
                }
            }
        }
        inverse
    }
}
