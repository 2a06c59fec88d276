//! The arithmetic of one limit: a bucket of calls that refills evenly (GCRA), kept as one number.

use crate::{config::Rate, error::Error};
use api::Time;

/// A rate in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    calls: i64,
    window: i64,
    /// What one call costs.
    each: i64,
}

/// When the bucket will be full again, in microseconds of unix time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bucket(i64);

/// Where a caller stands with one limit after a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Calls that fit at once.
    pub limit: i64,
    /// Calls that still fit now.
    pub remaining: i64,
    /// Seconds until all fit again.
    pub reset: i64,
    /// Seconds until one fits again, when this call did not.
    pub wait: Option<i64>,
}

impl Standing {
    /// Whether the call may go on.
    ///
    /// # Errors
    /// When it was one too many.
    pub const fn verdict(self) -> Result<(), Error> {
        match self.wait {
            None => Ok(()),
            Some(wait) => Err(Error::TooManyCalls { wait }),
        }
    }
}

impl Pace {
    /// None when the rate sets no limit.
    pub(super) fn new(rate: Rate) -> Option<Self> {
        let calls = i64::from(rate.calls);
        let window = i64::from(rate.seconds) * 1_000_000;
        let each = window.checked_div(calls)?.max(1);
        Some(Self { calls, window, each })
    }

    /// How long something can matter to this limit, in seconds.
    pub(super) const fn memory(self) -> i64 {
        self.window / 1_000_000
    }

    /// Takes one call out of the bucket, if there is one in it.
    pub(super) fn take(self, bucket: &mut Bucket, now: Time) -> Standing {
        let now = now.timestamp_micros();
        // More than a whole window is owed only when the clock was put back, which must not lock
        // anybody out.
        let owed = (0..=self.window).contains(&bucket.0.saturating_sub(now));
        let full_at = if owed { bucket.0 } else { now };
        let taken = full_at.saturating_add(self.each);
        let over = taken - now - self.window;
        if over > 0 {
            bucket.0 = full_at;
            return Standing { wait: Some(seconds(over)), ..self.standing(full_at - now) };
        }
        bucket.0 = taken;
        self.standing(taken - now)
    }

    /// Puts a call back that was taken for nothing.
    pub(super) fn give_back(self, bucket: &mut Bucket) {
        bucket.0 = bucket.0.saturating_sub(self.each);
    }

    fn standing(self, until_full: i64) -> Standing {
        let remaining = ((self.window - until_full) / self.each).min(self.calls);
        Standing { limit: self.calls, remaining, reset: seconds(until_full), wait: None }
    }
}

/// Whole seconds, rounded up.
fn seconds(micros: i64) -> i64 {
    micros.max(0).saturating_add(999_999) / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::{Bucket, Pace};
    use crate::config::Rate;
    use api::{Time, time::from_unix};
    use proptest::prelude::*;

    fn pace(calls: u32, seconds: u32) -> Pace {
        Pace::new(Rate { calls, seconds }).unwrap()
    }

    fn at(second: i64) -> Time {
        from_unix(1_772_439_245 + second)
    }

    #[test]
    fn zero_calls_are_no_limit() {
        assert_eq!(Pace::new(Rate { calls: 0, seconds: 60 }), None);
    }

    #[test]
    fn all_fit_at_once_and_come_back_one_by_one() {
        let pace = pace(6, 60);
        let mut bucket = Bucket::default();
        for left in (0..6).rev() {
            let standing = pace.take(&mut bucket, at(0));
            assert_eq!((standing.remaining, standing.wait), (left, None));
        }
        let refused = pace.take(&mut bucket, at(0));
        assert_eq!((refused.remaining, refused.reset, refused.wait), (0, 60, Some(10)));
        assert_eq!(pace.take(&mut bucket, at(9)).wait, Some(1));
        assert_eq!(pace.take(&mut bucket, at(10)).wait, None);
        assert_eq!(pace.take(&mut bucket, at(10)).wait, Some(10));
        assert_eq!(pace.take(&mut bucket, at(70)).remaining, 5);
    }

    #[test]
    fn a_call_put_back_can_be_made_again() {
        let pace = pace(1, 60);
        let mut bucket = Bucket::default();
        assert_eq!(pace.take(&mut bucket, at(0)).wait, None);
        pace.give_back(&mut bucket);
        assert_eq!(pace.take(&mut bucket, at(0)).wait, None);
        assert_eq!(pace.take(&mut bucket, at(0)).wait, Some(60));
    }

    #[test]
    fn a_clock_that_is_put_back_locks_nobody_out() {
        let pace = pace(2, 60);
        let mut bucket = Bucket::default();
        pace.take(&mut bucket, at(86_400));
        assert_eq!(pace.take(&mut bucket, at(0)).remaining, 1);
        assert_eq!(pace.take(&mut bucket, at(0)).remaining, 0);
        assert_eq!(pace.take(&mut bucket, at(0)).wait, Some(30));
    }

    proptest! {
        #[test]
        fn nobody_gets_more_than_a_full_bucket_and_its_refill(
            calls in 1_u32..2000, window in 1_u32..4000, gaps in prop::collection::vec(0_i64..90, 1..400),
        ) {
            let pace = pace(calls, window);
            let mut bucket = Bucket::default();
            let (mut now, mut granted) = (0, 0);
            for gap in gaps {
                now += gap;
                let standing = pace.take(&mut bucket, at(now));
                granted += i64::from(standing.wait.is_none());
                let refilled = now * i64::from(calls) / i64::from(window);
                // The cost of a call is cut to whole microseconds, which may let one more in.
                prop_assert!(granted <= i64::from(calls) + refilled + 1);
                prop_assert!((0..=i64::from(calls)).contains(&standing.remaining));
                prop_assert!((0..=i64::from(window)).contains(&standing.reset));
                if let Some(wait) = standing.wait {
                    prop_assert!(wait >= 1);
                    let mut later = bucket;
                    prop_assert_eq!(pace.take(&mut later, at(now + wait)).wait, None);
                }
            }
        }
    }
}
