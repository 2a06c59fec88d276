//! Lengths of time in the words of people who wait.

use chrono::TimeDelta;

/// A length of time in the units that people use for waiting; parts below a minute are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    Moment,
    Minutes(i64),
    Hours(i64),
    HoursMinutes(i64, i64),
    Days(i64),
    DaysHours(i64, i64),
}

impl Span {
    /// Two units at most: minutes matter within two days, hours within ten, then whole days do.
    #[must_use]
    pub(super) fn new(length: TimeDelta) -> Self {
        let minutes = length.num_minutes().abs();
        let (hours, minute) = (minutes / 60, minutes % 60);
        let (days, hour) = (hours / 24, hours % 24);
        match (days, hours, minute) {
            (10.., _, _) => Self::Days(days),
            (2.., _, _) if hour == 0 => Self::Days(days),
            (2.., _, _) => Self::DaysHours(days, hour),
            (_, 1.., 0) => Self::Hours(hours),
            (_, 1.., _) => Self::HoursMinutes(hours, minute),
            (_, _, 1..) => Self::Minutes(minute),
            _ => Self::Moment,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Span;
    use chrono::TimeDelta;

    #[test]
    fn spans_keep_two_units() {
        let minutes = |count| Span::new(TimeDelta::minutes(count));
        assert_eq!(Span::new(TimeDelta::seconds(59)), Span::Moment);
        assert_eq!(minutes(59), Span::Minutes(59));
        assert_eq!(minutes(60), Span::Hours(1));
        assert_eq!(minutes(-80), Span::HoursMinutes(1, 20));
        assert_eq!(minutes(24 * 60), Span::Hours(24));
        assert_eq!(minutes(2 * 24 * 60 + 61), Span::DaysHours(2, 1));
        assert_eq!(minutes(2 * 24 * 60), Span::Days(2));
        assert_eq!(minutes(11 * 24 * 60 + 600), Span::Days(11));
    }
}
