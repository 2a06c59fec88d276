//! The texts and formats of one mounted widget.

use super::{Key, fill, span::Span};
use api::Time;
use chrono::TimeDelta;
use js_sys::JSON;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// One formatter is made once and used for every row, since making one is slow.
    #[wasm_bindgen(js_namespace = Intl, js_name = DateTimeFormat)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = DateTimeFormat)]
    fn new(locale: &JsValue, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &DateTimeFormat, unix_milliseconds: f64) -> String;
}

/// How much of a time is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The hour, and the day where it is not today.
    Short,
    /// Day, hour and the name of the time zone: for a promise.
    Full,
}

/// Texts and formats. Cloning gives another handle on the same.
#[derive(Clone)]
pub struct I18n(Rc<Inner>);

struct Inner {
    texts: Vec<String>,
    hour: DateTimeFormat,
    day_and_hour: DateTimeFormat,
    full: DateTimeFormat,
    day: DateTimeFormat,
}

impl I18n {
    /// From the texts of a locale file and the tag by which times are written; a tag that Intl does not know gives the
    /// browser's own formats.
    ///
    /// # Errors
    /// When the browser has no Intl at all.
    pub fn new(texts: Vec<String>, region: &str) -> Result<Self, JsValue> {
        let format = |options: &str| {
            let options = JSON::parse(options)?;
            DateTimeFormat::new(&region.into(), &options)
                .or_else(|_| DateTimeFormat::new(&JsValue::UNDEFINED, &options))
        };
        Ok(Self(Rc::new(Inner {
            texts,
            hour: format(r#"{"hour":"numeric","minute":"2-digit"}"#)?,
            day_and_hour: format(
                r#"{"weekday":"short","day":"numeric","month":"short","hour":"numeric","minute":"2-digit"}"#,
            )?,
            full: format(
                r#"{"weekday":"short","day":"numeric","month":"short","hour":"numeric","minute":"2-digit","timeZoneName":"short"}"#,
            )?,
            day: format(r#"{"dateStyle":"short"}"#)?,
        })))
    }

    /// The text of a key.
    #[must_use]
    pub fn text(&self, key: Key) -> &str {
        self.0.texts.get(key as usize).map_or("", String::as_str)
    }

    /// The text of a key with values put in.
    #[must_use]
    pub fn fill(&self, key: Key, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values)
    }

    /// A point in time; `now` tells which day is today.
    #[must_use]
    pub fn time(&self, time: Time, now: Time, at: At) -> String {
        let milliseconds = |time: Time| time.timestamp() as f64 * 1000.0;
        let day = |time: Time| self.0.day.format(milliseconds(time));
        let format = match at {
            At::Full => &self.0.full,
            At::Short if day(time) == day(now) => &self.0.hour,
            At::Short => &self.0.day_and_hour,
        };
        format.format(milliseconds(time))
    }

    /// A length of time, such as `1 h 20 min`.
    #[must_use]
    pub fn span(&self, length: TimeDelta) -> String {
        let (key, days, hours, minutes) = match Span::new(length) {
            Span::Moment => (Key::TimeMoment, 0, 0, 0),
            Span::Minutes(minutes) => (Key::TimeMinutes, 0, 0, minutes),
            Span::Hours(hours) => (Key::TimeHours, 0, hours, 0),
            Span::HoursMinutes(hours, minutes) => (Key::TimeHoursMinutes, 0, hours, minutes),
            Span::Days(days) => (Key::TimeDays, days, 0, 0),
            Span::DaysHours(days, hours) => (Key::TimeDaysHours, days, hours, 0),
        };
        let (days, hours, minutes) = (days.to_string(), hours.to_string(), minutes.to_string());
        self.fill(key, &[("d", &days), ("h", &hours), ("m", &minutes)])
    }
}
