//! How long to wait before something that failed is tried again.

/// Milliseconds to wait before the next try: a second after the first failure, twice as long after
/// each further one, a minute at most; and of that a part between half and all by `chance`, so that
/// all the pages that lost a server do not come back to it at once.
#[must_use]
pub fn wait_before(tries: u32, chance: u8) -> u32 {
    let whole = 1_000_u32 << tries.min(6);
    let half = whole.min(60_000) / 2;
    half + half * u32::from(chance) / 255
}

#[cfg(test)]
mod tests {
    use super::wait_before;

    #[test]
    fn waiting_grows_to_a_minute_and_is_spread() {
        assert_eq!((wait_before(0, 0), wait_before(0, 255)), (500, 1_000));
        assert_eq!((wait_before(3, 0), wait_before(3, 255)), (4_000, 8_000));
        for tries in [6, 7, 400] {
            assert_eq!((wait_before(tries, 0), wait_before(tries, 255)), (30_000, 60_000));
        }
    }
}
