//! Holidays in JSON: a list of `"YYYY-MM-DD"`. chrono's own serde feature would bring its parser
//! and formatter into the widget.
//!
//! It must stay strict: exactly that form, years 0000 to 9999, days that exist.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

pub(crate) fn serialize<S: Serializer>(
    dates: &[NaiveDate],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(dates.iter().copied().map(Day))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<NaiveDate>, D::Error> {
    let days = Vec::<Day>::deserialize(deserializer)?;
    Ok(days.into_iter().map(|day| day.0).collect())
}

struct Day(NaiveDate);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = write(self.0);
        match text.as_ref().map(|text| str::from_utf8(text)) {
            Some(Ok(text)) => serializer.serialize_str(text),
            _ => Err(ser::Error::custom("a holiday outside years 0000 to 9999")),
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text)
            .map(Self)
            .ok_or_else(|| de::Error::custom("a holiday is not a date like 2026-12-25"))
    }
}

fn write(date: NaiveDate) -> Option<[u8; 10]> {
    let year = u32::try_from(date.year()).ok().filter(|&y| y <= 9999)?;
    let (month, day) = (date.month(), date.day());
    let digit = |number: u32| b'0' + (number % 10) as u8;
    Some([
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ])
}

fn read(text: &str) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    let year = number(&[y1, y2, y3, y4])?;
    NaiveDate::from_ymd_opt(year as i32, number(&[m1, m2])?, number(&[d1, d2])?)
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, &digit| {
        digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn dates_read_back() {
        for text in ["0000-01-01", "2024-02-29", "2026-12-25", "9999-12-31"] {
            let date = read(text).unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!(write(date).unwrap(), text.as_bytes());
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "2026-1-01",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026/12/25",
            "+026-12-25",
            "2026-12-25T",
            " 2026-12-25",
            "20261225",
            "２026-12-25",
            "2026-12-2a",
            "-001-12-25",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn years_that_the_form_cannot_say_are_not_written() {
        for year in [-1, 10_000] {
            let date = chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            assert_eq!(write(date), None);
        }
    }
}
