//! Values of the rounds, and the few numbers that say them.

/// What was measured, a value a round.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) fn add(&mut self, value: f64) {
        self.0.push(value);
        self.0.sort_by(f64::total_cmp);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The middle one, or the mean of the two in the middle; 0 without any.
    pub(crate) fn median(&self) -> f64 {
        let half = self.0.len() / 2;
        let at = |place: usize| self.0.get(place).copied().unwrap_or_default();
        match self.0.len() {
            0 => 0.0,
            count if count.is_multiple_of(2) => f64::midpoint(at(half - 1), at(half)),
            _ => at(half),
        }
    }

    pub(crate) fn worst(&self) -> f64 {
        self.0.last().copied().unwrap_or_default()
    }

    /// The value that three of four do not surpass, by the nearest rank.
    pub(crate) fn upper_quartile(&self) -> f64 {
        let rank = (self.0.len() * 3).div_ceil(4).max(1);
        self.0.get(rank - 1).copied().unwrap_or_default()
    }
}

impl FromIterator<f64> for Samples {
    fn from_iter<T: IntoIterator<Item = f64>>(values: T) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }
}

#[cfg(test)]
mod tests {
    use super::Samples;

    fn samples(values: &[f64]) -> Samples {
        values.iter().copied().collect()
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(samples(&[9.0, 1.0, 5.0]).median(), 5.0);
        assert_eq!(samples(&[4.0, 1.0, 2.0, 9.0]).median(), 3.0);
        assert_eq!(samples(&[7.0]).median(), 7.0);
        assert_eq!(samples(&[]).median(), 0.0);
    }

    #[test]
    fn an_outlier_moves_the_worst_alone() {
        let mut nine = samples(&[1.0; 8]);
        nine.add(400.0);
        assert_eq!((nine.median(), nine.upper_quartile(), nine.worst()), (1.0, 1.0, 400.0));
        assert_eq!(samples(&[1.0, 2.0, 3.0, 4.0]).upper_quartile(), 3.0);
    }
}
