//! The texts and formats of one mounted widget.

use super::{Key, fill, form, span::Span};
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

    #[wasm_bindgen(js_namespace = Intl, js_name = NumberFormat)]
    type NumberFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = NumberFormat)]
    fn new_numbers(locale: &JsValue) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, number: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl, js_name = PluralRules)]
    type PluralRules;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = PluralRules)]
    fn new_rules(locale: &JsValue) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, number: f64) -> String;
}

/// How much of a time is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The hour, and the day where it is not today.
    Short,
    /// The hour of today, and of any other day its date alone.
    Day,
    /// Day, hour and the name of the time zone: for a promise.
    Full,
}

/// Texts and formats. Cloning gives another handle on the same.
#[derive(Clone)]
pub struct I18n(Rc<Inner>);

struct Inner {
    texts: Vec<String>,
    locale: String,
    numbers: NumberFormat,
    plurals: PluralRules,
    hour: DateTimeFormat,
    day_and_hour: DateTimeFormat,
    full: DateTimeFormat,
    day: DateTimeFormat,
}

impl I18n {
    /// From the texts of a locale file, their language, and the tag by which numbers and times are written; a tag that
    /// Intl does not know gives the browser's own formats.
    ///
    /// # Errors
    /// When the browser has no Intl at all.
    pub fn new(texts: Vec<String>, locale: String, region: &str) -> Result<Self, JsValue> {
        let format = |options: &str| {
            let options = JSON::parse(options)?;
            DateTimeFormat::new(&region.into(), &options)
                .or_else(|_| DateTimeFormat::new(&JsValue::UNDEFINED, &options))
        };
        let numbers = NumberFormat::new_numbers(&region.into())
            .or_else(|_| NumberFormat::new_numbers(&JsValue::UNDEFINED))?;
        let plurals = PluralRules::new_rules(&locale.as_str().into())?;
        Ok(Self(Rc::new(Inner {
            texts,
            locale,
            numbers,
            plurals,
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

    /// The language of the texts, as the attribute `lang` has it.
    #[must_use]
    pub fn locale(&self) -> &str {
        &self.0.locale
    }

    /// The direction of the texts, as the attribute `dir` has it. The host's page may run the other way.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }

    fn is_rtl(&self) -> bool {
        self.0.locale == "ar"
    }

    /// The text of a key with values put in.
    #[must_use]
    pub fn fill(&self, key: Key, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values, self.is_rtl())
    }

    /// The form of a key's text for a number of things, which it names as `{n}`.
    #[must_use]
    pub fn count(&self, key: Key, number: u32) -> String {
        let form = form(self.text(key), &self.0.plurals.select(f64::from(number)));
        fill(form, &[("n", &self.number(f64::from(number)))], self.is_rtl())
    }

    /// A number in the digits of the reader.
    #[must_use]
    pub fn number(&self, number: f64) -> String {
        self.0.numbers.format(number)
    }

    /// A point in time; `now` tells which day is today.
    #[must_use]
    pub fn time(&self, time: Time, now: Time, at: At) -> String {
        let milliseconds = |time: Time| time.timestamp() as f64 * 1000.0;
        let day = |time: Time| self.0.day.format(milliseconds(time));
        let format = match at {
            At::Full => &self.0.full,
            At::Short | At::Day if day(time) == day(now) => &self.0.hour,
            At::Day => &self.0.day,
            At::Short => &self.0.day_and_hour,
        };
        format.format(milliseconds(time))
    }

    /// A size in bytes, such as `1.5 MB`; upwards, so that nothing is ever larger than it says.
    #[must_use]
    pub fn size(&self, bytes: i64) -> String {
        const MEGABYTE: i64 = 1024 * 1024;
        let (key, number) = if bytes < MEGABYTE {
            (Key::SizeKb, ((bytes + 1023) / 1024) as f64)
        } else {
            (Key::SizeMb, ((bytes * 10 + MEGABYTE - 1) / MEGABYTE) as f64 / 10.0)
        };
        self.fill(key, &[("n", &self.number(number))])
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
        let [days, hours, minutes] = [days, hours, minutes].map(|part| self.number(part as f64));
        self.fill(key, &[("d", &days), ("h", &hours), ("m", &minutes)])
    }
}
