//! Single values of a search: instants, statuses, severities.

use super::terms::Compare;
use crate::store::requests::Span;
use api::{Time, request::Status};
use chrono::{Days, Months, NaiveDate, TimeDelta};
use sla::Severity;

/// The instants that a comparison with a date, a time or an age lets pass, in unix seconds; `None`
/// for a value that is none of these.
///
/// A date is the whole day in UTC. An age such as `4hours` is that long before `now`, and `>` means
/// later than then, as with dates.
pub(super) fn span(compare: Compare, value: &str, now: Time) -> Option<Span> {
    let (first, last) = instant(value, now)?;
    Some(match compare {
        Compare::Is => first..=last,
        Compare::Below => i64::MIN..=first.saturating_sub(1),
        Compare::AtMost => i64::MIN..=last,
        Compare::Above => last.saturating_add(1)..=i64::MAX,
        Compare::AtLeast => first..=i64::MAX,
    })
}

/// First and last second of what a value names.
fn instant(value: &str, now: Time) -> Option<(i64, i64)> {
    if let Ok(day) = NaiveDate::parse_from_str(value, "%Y-%m-%d") {
        let first = day.and_hms_opt(0, 0, 0)?.and_utc().timestamp();
        return Some((first, first + 86_399));
    }
    let at = match api::time::parse(value) {
        Some(time) => time,
        None => before(now, value)?,
    };
    Some((at.timestamp(), at.timestamp()))
}

/// `4hours` before now.
fn before(now: Time, age: &str) -> Option<Time> {
    let digits = age.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = age.split_at_checked(digits)?;
    let count: u32 = count.parse().ok()?;
    match unit.trim_end_matches('s') {
        "minute" => now.checked_sub_signed(TimeDelta::minutes(count.into())),
        "hour" => now.checked_sub_signed(TimeDelta::hours(count.into())),
        "day" => now.checked_sub_days(Days::new(count.into())),
        "week" => now.checked_sub_days(Days::new(u64::from(count) * 7)),
        "month" => now.checked_sub_months(Months::new(count)),
        "year" => now.checked_sub_months(Months::new(count.checked_mul(12)?)),
        _ => None,
    }
}

/// The statuses that a comparison lets pass, in the order of a request's life.
pub(super) fn statuses(compare: Compare, value: &str) -> Vec<Status> {
    pick(&Status::ALL, compare, |status| status.name().eq_ignore_ascii_case(value))
}

/// The severities that a comparison lets pass; `high` is above `normal`.
pub(super) fn severities(compare: Compare, value: &str) -> Vec<Severity> {
    let rising: Vec<Severity> = Severity::ALL.into_iter().rev().collect();
    pick(&rising, compare, |severity| severity.priority().eq_ignore_ascii_case(value))
}

fn pick<T: Copy>(rising: &[T], compare: Compare, is: impl Fn(T) -> bool) -> Vec<T> {
    let Some(named) = rising.iter().position(|value| is(*value)) else { return Vec::new() };
    let fits = |at: usize| match compare {
        Compare::Is => at == named,
        Compare::Below => at < named,
        Compare::AtMost => at <= named,
        Compare::Above => at > named,
        Compare::AtLeast => at >= named,
    };
    rising.iter().enumerate().filter(|(at, _)| fits(*at)).map(|(_, value)| *value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_its_whole_day_and_an_age_counts_back_from_now() {
        let now = api::time::from_unix(1_772_439_245);
        let day = 1_767_225_600; // 2026-01-01
        let of = |compare, value| span(compare, value, now);
        assert_eq!(of(Compare::Is, "2026-01-01"), Some(day..=day + 86_399));
        assert_eq!(of(Compare::Above, "2026-01-01"), Some(day + 86_400..=i64::MAX));
        assert_eq!(of(Compare::AtLeast, "2026-01-01"), Some(day..=i64::MAX));
        assert_eq!(of(Compare::Below, "2026-01-01"), Some(i64::MIN..=day - 1));
        assert_eq!(of(Compare::AtMost, "2026-01-01T00:00:10Z"), Some(i64::MIN..=day + 10));
        let age = now.timestamp() - 4 * 3600;
        assert_eq!(of(Compare::Above, "4hours"), Some(age + 1..=i64::MAX));
        for none in ["yesterday", "2026-13-01", "4", "hours", "99999999999years", "4294967295weeks"]
        {
            assert_eq!(of(Compare::Is, none), None, "{none}");
        }
    }

    #[test]
    fn statuses_and_severities_have_an_order() {
        assert_eq!(statuses(Compare::Above, "pending").len(), 3);
        assert_eq!(statuses(Compare::Is, "Hold"), [Status::Hold]);
        assert_eq!(statuses(Compare::Is, "nonsense"), []);
        assert_eq!(severities(Compare::AtLeast, "high"), [Severity::S1, Severity::S0]);
        assert_eq!(severities(Compare::Below, "normal"), [Severity::S3]);
    }
}
