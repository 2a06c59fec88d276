//! What was measured of one kind of call, and the few numbers that say it.

use std::time::Duration;

/// Times of the calls of one or more rounds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    times: Vec<Duration>,
    /// How long it took altogether.
    elapsed: Duration,
}

impl Figures {
    /// The figures of one round.
    pub(crate) fn new(mut times: Vec<Duration>, elapsed: Duration) -> Self {
        times.sort_unstable();
        Self { times, elapsed }
    }

    /// Takes another round in.
    pub(crate) fn add(&mut self, other: Self) {
        self.times.extend(other.times);
        self.times.sort_unstable();
        self.elapsed += other.elapsed;
    }

    pub(crate) fn calls(&self) -> usize {
        self.times.len()
    }

    /// Calls a second; 0 when there were none.
    pub(crate) fn rate(&self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        if seconds > 0.0 { self.times.len() as f64 / seconds } else { 0.0 }
    }

    /// The time within which so many of a hundred calls were answered, by the nearest rank: a time
    /// that was measured, never one between two.
    pub(crate) fn percentile(&self, percent: u32) -> Duration {
        let rank = (self.times.len() * percent as usize).div_ceil(100).max(1);
        self.times.get(rank - 1).copied().unwrap_or_default()
    }

    pub(crate) fn longest(&self) -> Duration {
        self.times.last().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(milliseconds: impl IntoIterator<Item = u64>) -> Figures {
        let times = milliseconds.into_iter().map(Duration::from_millis).collect();
        Figures::new(times, Duration::from_secs(2))
    }

    fn percentile(figures: &Figures, percent: u32) -> u128 {
        figures.percentile(percent).as_millis()
    }

    #[test]
    fn percentiles_are_nearest_ranks() {
        let hundred = figures((1..=100).rev());
        assert_eq!(percentile(&hundred, 50), 50);
        assert_eq!(percentile(&hundred, 99), 99);
        assert_eq!(percentile(&hundred, 100), 100);
        assert_eq!(percentile(&hundred, 0), 1);
        let three = figures([30, 10, 20]);
        assert_eq!(percentile(&three, 50), 20);
        assert_eq!(percentile(&three, 99), 30);
        assert_eq!(three.longest().as_millis(), 30);
    }

    #[test]
    fn nothing_measured_is_nothing() {
        let none = Figures::default();
        assert_eq!((none.calls(), percentile(&none, 99)), (0, 0));
        assert!(none.rate().abs() < f64::EPSILON);
    }

    #[test]
    fn rounds_add_up() {
        let mut all = figures([10, 30]);
        all.add(figures([20, 40]));
        assert_eq!((all.calls(), percentile(&all, 50)), (4, 20));
        assert!((all.rate() - 1.0).abs() < 1e-9);
    }
}
