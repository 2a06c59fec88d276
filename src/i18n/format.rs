//! The texts and formats of one mounted widget.

use super::{FIRST, Key, fill, form, span::Span};
use api::Time;
use chrono::TimeDelta;
use js_sys::{Array, JSON};
use std::{cell::OnceCell, rc::Rc};
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

/// Seconds within which no weekday comes twice.
const SOON: i64 = 6 * 24 * 60 * 60;

/// How much of a time is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The hour, and the day where it is not today.
    Short,
    /// The same, short enough for a phone: of the days to come their weekday is enough.
    Soon,
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
    /// The texts of the later part, once that is there.
    later: OnceCell<Vec<String>>,
    locale: String,
    /// By which numbers and times are written; a tag that Intl does not know gives the browser's own formats.
    region: String,
    // Each is made when it is first asked for: the first of all takes a slow machine 80 ms, and the form
    // stands before it.
    numbers: OnceCell<NumberFormat>,
    plurals: OnceCell<PluralRules>,
    times: [OnceCell<DateTimeFormat>; 5],
}

/// What of a time is written.
#[derive(Clone, Copy)]
enum Shape {
    Hour,
    WeekdayAndHour,
    DayAndHour,
    Full,
    Day,
}

impl Shape {
    /// As Intl has it.
    const fn options(self) -> &'static str {
        match self {
            Self::Hour => r#"{"hour":"numeric","minute":"2-digit"}"#,
            Self::WeekdayAndHour => r#"{"weekday":"short","hour":"numeric","minute":"2-digit"}"#,
            Self::DayAndHour => {
                r#"{"weekday":"short","day":"numeric","month":"short","hour":"numeric","minute":"2-digit"}"#
            }
            Self::Full => {
                r#"{"weekday":"short","day":"numeric","month":"short","hour":"numeric","minute":"2-digit","timeZoneName":"short"}"#
            }
            Self::Day => r#"{"dateStyle":"short"}"#,
        }
    }
}

/// A formatter of the region's, or else of the browser's own. Every browser that runs our Wasm has Intl.
fn formatter<T>(region: &str, make: impl Fn(&JsValue) -> Result<T, JsValue>) -> T {
    make(&region.into())
        .or_else(|_| make(&JsValue::UNDEFINED))
        .unwrap_or_else(|error| wasm_bindgen::throw_val(error))
}

fn list(texts: &Array) -> Vec<String> {
    texts.iter().map(|text| text.as_string().unwrap_or_default()).collect()
}

impl I18n {
    /// From the texts of the form, their language, and the tag by which numbers and times are written.
    #[must_use]
    pub fn new(texts: &Array, locale: String, region: String) -> Self {
        let texts = list(texts);
        let (numbers, plurals, times) = (OnceCell::new(), OnceCell::new(), Default::default());
        let later = OnceCell::new();
        Self(Rc::new(Inner { texts, later, locale, region, numbers, plurals, times }))
    }

    /// Takes the texts of the later part, which come before that runs.
    pub fn learn(&self, texts: &Array) {
        _ = self.0.later.set(list(texts));
    }

    /// The text of a key.
    #[must_use]
    pub fn text(&self, key: Key) -> &str {
        let place = key as usize;
        let text = match place.checked_sub(FIRST) {
            None => self.0.texts.get(place),
            Some(place) => self.0.later.get().and_then(|texts| texts.get(place)),
        };
        text.map_or("", String::as_str)
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
        let form = form(self.text(key), &self.plural_of(number));
        fill(form, &[("n", &self.number(f64::from(number)))], self.is_rtl())
    }

    /// A number in the digits of the reader.
    #[must_use]
    pub fn number(&self, number: f64) -> String {
        let make = || formatter(&self.0.region, NumberFormat::new_numbers);
        self.0.numbers.get_or_init(make).format(number)
    }

    fn plural_of(&self, number: u32) -> String {
        let make = || formatter(&self.0.locale, PluralRules::new_rules);
        self.0.plurals.get_or_init(make).select(f64::from(number))
    }

    /// A point in time; `now` tells which day is today.
    #[must_use]
    pub fn time(&self, time: Time, now: Time, at: At) -> String {
        let is_today = || self.write(time, Shape::Day) == self.write(now, Shape::Day);
        let shape = match at {
            At::Full => Shape::Full,
            _ if is_today() => Shape::Hour,
            At::Day => Shape::Day,
            At::Soon if (0..SOON).contains(&(time.timestamp() - now.timestamp())) => {
                Shape::WeekdayAndHour
            }
            At::Soon | At::Short => Shape::DayAndHour,
        };
        self.write(time, shape)
    }

    fn write(&self, time: Time, shape: Shape) -> String {
        let make = || {
            let options = JSON::parse(shape.options()).unwrap_or_default();
            formatter(&self.0.region, |locale| DateTimeFormat::new(locale, &options))
        };
        let [hour, weekday_and_hour, day_and_hour, full, day] = &self.0.times;
        let format = match shape {
            Shape::Hour => hour,
            Shape::WeekdayAndHour => weekday_and_hour,
            Shape::DayAndHour => day_and_hour,
            Shape::Full => full,
            Shape::Day => day,
        };
        format.get_or_init(make).format(time.timestamp() as f64 * 1000.0)
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
