//! What the tests of `zone` hold it to.

use super::{Transition, Zone, ZoneError};
use crate::instant::instant;

fn zone(entries: &[(i64, i32)]) -> Zone {
    let transition = |&(at, offset)| Transition { at, offset };
    Zone { name: "Test/Zone".to_owned(), transitions: entries.iter().map(transition).collect() }
}

fn slice(entries: &[(i64, i32)], from: i64, to: i64) -> Vec<(i64, i32)> {
    let slice = zone(entries).slice(instant(from), instant(to));
    slice.transitions.iter().map(|kept| (kept.at, kept.offset)).collect()
}

#[test]
fn an_empty_table_is_utc() {
    assert_eq!(Zone::default().offset_at(instant(1_772_439_245)), 0);
    assert_eq!(Zone::default().validate(), Ok(()));
}

#[test]
fn the_first_offset_holds_before_it_and_the_last_after_it() {
    let zone = zone(&[(100, 3_600), (200, 7_200)]);
    let offsets = [-1_000, 99, 100, 199, 200, 1_000].map(|at| zone.offset_at(instant(at)));
    assert_eq!(offsets, [3_600, 3_600, 3_600, 3_600, 7_200, 7_200]);
}

#[test]
fn a_slice_keeps_what_its_window_can_see() {
    let table = [(100, 1), (200, 2), (300, 3), (400, 4)];
    assert_eq!(slice(&table, 250, 350), [(200, 2), (300, 3)]);
    assert_eq!(slice(&table, 200, 300), [(200, 2), (300, 3)]);
    assert_eq!(slice(&table, 201, 299), [(200, 2)]);
    assert_eq!(slice(&table, 0, 50), [(100, 1)]);
    assert_eq!(slice(&table, 0, 100), [(100, 1)]);
    assert_eq!(slice(&table, 500, 600), [(400, 4)]);
    assert_eq!(slice(&table, 250, 0), [(200, 2)]);
    assert_eq!(slice(&[], 0, 50), []);
}

#[test]
fn a_slice_leaves_out_changes_that_change_nothing() {
    let table = [(100, 1), (200, 1), (300, 2), (400, 2), (500, 1)];
    assert_eq!(slice(&table, 0, 1_000), [(100, 1), (300, 2), (500, 1)]);
}

#[test]
fn tables_out_of_order_and_wide_offsets_are_refused() {
    assert_eq!(zone(&[(100, 86_399), (200, -86_399)]).validate(), Ok(()));
    for at in [100, 99] {
        let error = zone(&[(100, 0), (at, 1)]).validate().unwrap_err();
        let zone = "Test/Zone".to_owned();
        assert_eq!(error, ZoneError::Unordered { zone, at });
    }
    for offset in [86_400, -86_400, i32::MIN] {
        let error = zone(&[(100, offset)]).validate().unwrap_err();
        let zone = "Test/Zone".to_owned();
        assert_eq!(error, ZoneError::WideOffset { zone, offset });
    }
}
