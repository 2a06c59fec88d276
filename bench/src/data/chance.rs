//! A reproducible stream of chance. Written out (it is splitmix64), because the data of a seed must
//! not change with the version of a library.

use std::f64::consts::PI;

/// The stream.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The stream of a place in the data: every place has its own, so that rows can be made in any
    /// order.
    pub(crate) fn at(seed: u64, place: [u64; 3]) -> Self {
        let mut chance = Self(seed);
        for part in place {
            chance.0 = chance.next() ^ part.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        chance
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below `limit`, which is at least 1.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit.max(1))) >> 64) as u64
    }

    /// A number from 0 to 1, 1 excluded.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True so often.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of several.
    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len() as u64) as usize).copied()
    }

    /// The one whose share is hit; shares are in hundredths and the last one takes what is left.
    pub(crate) fn share<T: Copy, const N: usize>(&mut self, of: [(u64, T); N]) -> Option<T> {
        let mut left = self.below(100);
        for (share, value) in of {
            if left < share {
                return Some(value);
            }
            left -= share;
        }
        of.last().map(|(_, value)| *value)
    }

    /// A value of the lognormal distribution with a median and a spread.
    pub(crate) fn lognormal(&mut self, median: f64, spread: f64) -> f64 {
        let (radius, angle) = ((1.0 - self.unit()).ln() * -2.0, self.unit() * 2.0 * PI);
        median * (spread * radius.sqrt() * angle.cos()).exp()
    }

    /// Puts a list out of order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end as u64 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn a_place_always_has_the_same_stream_and_others_have_others() {
        let first = |seed, place| Chance::at(seed, place).next();
        assert_eq!(first(7, [1, 2, 3]), first(7, [1, 2, 3]));
        let others = [first(8, [1, 2, 3]), first(7, [2, 2, 3]), first(7, [1, 2, 4])];
        assert!(!others.contains(&first(7, [1, 2, 3])));
    }

    #[test]
    fn shares_are_met_and_the_last_takes_the_rest() {
        let mut chance = Chance::at(1, [0; 3]);
        let all = (0..10_000).filter_map(|_| chance.share([(30, 'a'), (0, 'b'), (0, 'c')]));
        let hits = all.filter(|one| *one == 'a').count();
        assert!((2_800..3_200).contains(&hits), "{hits}");
    }

    #[test]
    fn a_shuffle_keeps_everything() {
        let mut list: Vec<u32> = (0..1000).collect();
        Chance::at(1, [0; 3]).shuffle(&mut list);
        assert_ne!(list, (0..1000).collect::<Vec<_>>());
        list.sort_unstable();
        assert_eq!(list, (0..1000).collect::<Vec<_>>());
    }
}
