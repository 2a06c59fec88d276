//! Zones out of the IANA database, as the server builds them, for tests only.

use std::sync::LazyLock;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use sla::{Transition, Zone};

/// Chosen for their oddities: half-hour offsets and half-hour summer time, changes at midnight,
/// a calendar day left out (Apia, 30 December 2011), summer time suspended for Ramadan (Casablanca).
const NAMES: [&str; 11] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Apia",
];

/// 2008-01-01 and 2032-01-01, the span of the tables below in unix seconds.
pub(crate) const SPAN: (i64, i64) = (1_199_145_600, 1_956_528_000);

pub(crate) static ZONES: LazyLock<Vec<Zone>> =
    LazyLock::new(|| NAMES.iter().map(|name| build(name, SPAN)).collect());

pub(crate) fn build(name: &str, (from, to): (i64, i64)) -> Zone {
    let tz: Tz = name.parse().unwrap();
    let offset = |at: i64| {
        let wall = DateTime::from_timestamp_secs(at).unwrap().naive_utc();
        tz.offset_from_utc_datetime(&wall).fix().local_minus_utc()
    };
    let mut transitions = vec![Transition { at: from, offset: offset(from) }];
    // No zone changes twice within six hours, so a change shows as a difference of two probes.
    let probes = (from..to).step_by(6 * 3_600);
    for (mut before, mut after) in probes.map(|at| (at, at + 6 * 3_600)) {
        if offset(before) == offset(after) {
            continue;
        }
        let old = offset(before);
        while after - before > 1 {
            let middle = i64::midpoint(before, after);
            if offset(middle) == old {
                before = middle;
            } else {
                after = middle;
            }
        }
        transitions.push(Transition { at: after, offset: offset(after) });
    }
    Zone { name: name.to_owned(), transitions }
}

#[test]
fn real_zones_are_valid_and_change_as_often_as_the_calendar_says() {
    for zone in ZONES.iter() {
        zone.validate().unwrap();
    }
    // One entry for the beginning, two changes in each of 24 years.
    let count = |name: &str| build(name, SPAN).transitions.len();
    assert_eq!(count("Europe/Berlin"), 49);
    assert_eq!(count("America/New_York"), 49);
    assert_eq!(count("Asia/Kolkata"), 1);
}
