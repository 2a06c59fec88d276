//! Which rows of a long list are drawn. All rows are of one height, so that where a row stands is a
//! multiplication, however many there are.

use std::ops::Range;

/// Rows drawn beyond what can be seen, on either side: the next ones to be tabbed or scrolled to.
const SPARE: usize = 8;

/// The rows to draw. `top` and `bottom` are the edges of what can be seen, in pixels from the top of
/// the first row.
#[must_use]
pub fn drawn(top: i32, bottom: i32, height: i32, count: usize) -> Range<usize> {
    let row = |edge: i32| usize::try_from(edge.max(0) / height.max(1)).unwrap_or(0).min(count);
    let (from, to) = (row(top), row(bottom.max(top)).saturating_add(1));
    from.saturating_sub(SPARE)..to.saturating_add(SPARE).min(count)
}

#[cfg(test)]
mod tests {
    use super::{SPARE, drawn};

    #[test]
    fn covers_what_is_seen_and_a_few_rows_around_it() {
        assert_eq!(drawn(0, 500, 100, 10_000), 0..6 + SPARE);
        assert_eq!(drawn(500_050, 500_600, 100, 10_000), 5_000 - SPARE..5_007 + SPARE);
        assert_eq!(drawn(999_500, 1_000_000, 100, 10_000), 9_995 - SPARE..10_000);
    }

    #[test]
    fn is_inside_the_list_whatever_the_edges_are() {
        for count in [0, 1, 7, 10_000] {
            for (top, bottom) in [(-900, -400), (-50, 50), (5, 1), (2_000_000, 2_000_500)] {
                let range = drawn(top, bottom, 96, count);
                assert!(range.start <= range.end && range.end <= count, "{range:?} of {count}");
            }
        }
        assert_eq!(drawn(0, 500, 0, 3), 0..3);
    }
}
