//! Where pictures are taken: the demo at a time that stands still, in a browser that holds still.

use super::views::View;
use crate::support::{browser::Screen, driver::named, person::Person, server::Server};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use image::{
    RgbImage,
    imageops::{FilterType, crop_imm, resize},
};
use serde_json::{Value, json};

/// A Tuesday, in UTC; and the same in milliseconds.
const NOW: &str = "2026-03-03 09:20:00";
const NOW_MS: i64 = 1_772_529_600_000;

/// Errors that belong to what is shown.
const EXPECTED: [&str; 3] = ["net::ERR", "Handrail", "Failed to load resource"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    Light,
    Dark,
    /// Forced colours, as a person with poor sight sets them.
    Forced,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Desk,
    Phone,
    /// The narrowest that WCAG asks for.
    Narrow,
    Wide,
    /// A desk at 200 % zoom.
    Zoomed,
}

impl Size {
    /// Width and height in CSS pixels, and the zoom.
    const fn metrics(self) -> (u32, u32, u32) {
        match self {
            Self::Desk => (1280, 860, 1),
            Self::Phone => (390, 844, 1),
            Self::Narrow => (320, 640, 1),
            Self::Wide => (1440, 900, 1),
            Self::Zoomed => (640, 430, 2),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dress {
    pub(super) size: Size,
    pub(super) theme: Theme,
}

impl Dress {
    pub(super) const PLAIN: Self = Self { size: Size::Desk, theme: Theme::Light };

    /// Every dress that is looked at in a language.
    pub(super) fn all(locale: &str) -> Vec<Self> {
        let dress = |size, theme| Self { size, theme };
        let mut all = vec![dress(Size::Phone, Theme::Light), dress(Size::Desk, Theme::Dark)];
        if locale == "ar" {
            all.push(dress(Size::Narrow, Theme::Light));
        }
        if locale == "en" {
            all.extend([
                dress(Size::Desk, Theme::Light),
                dress(Size::Phone, Theme::Dark),
                dress(Size::Narrow, Theme::Light),
                dress(Size::Wide, Theme::Light),
                dress(Size::Zoomed, Theme::Light),
                dress(Size::Desk, Theme::Forced),
            ]);
        }
        all
    }
}

pub(super) struct Picture {
    /// The whole window.
    pub(super) page: RgbImage,
    /// Where the widget stands in it: left, top, width, height.
    widget: [u32; 4],
}

impl Picture {
    /// The widget alone, at half its size.
    pub(super) fn kept(&self) -> RgbImage {
        let [left, top, width, height] = self.widget;
        let widget = crop_imm(&self.page, left, top, width, height).to_image();
        let mut half = resize(&widget, width / 2, height / 2, FilterType::Triangle);
        // Shades that nobody sees would be half of the file.
        half.iter_mut().for_each(|channel| *channel &= 0xf8);
        half
    }
}

pub(super) struct Studio {
    locale: &'static str,
    server: Server,
    person: Person,
}

impl Studio {
    pub(super) async fn open(locale: &'static str) -> Self {
        assert!(named("FONTCONFIG_FILE").is_some(), "the fonts are chosen by `cargo xtask test`");
        let server = Server::start_at(NOW, &["--demo"]).await;
        let studio = Self { locale, server, person: Person::sit_down(Screen::Desk).await };
        let hold = "const Real = Date; const now = NOW;
            Date = class extends Real { constructor(...of) { super(...(of.length ? of : [now])); } };
            Date.now = () => now;";
        let source = hold.replace("NOW", &NOW_MS.to_string());
        studio.tell("Page.enable", json!({})).await;
        studio.tell("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
        studio.tell("Network.enable", json!({})).await;
        studio
    }

    pub(super) async fn close(self) {
        self.person.leave_after(&EXPECTED).await;
    }

    /// Draws a view from a fresh page: nothing of the one before is left.
    pub(super) async fn picture(&self, view: View, dress: Dress) -> Picture {
        self.put_on(dress).await;
        let portal = view == View::Portal;
        let demo = self.server.demo.as_deref().expect("the demo has an address");
        let address = if portal { &format!("{}/", self.server.origin) } else { demo };
        self.person.visit(address).await;
        self.ask("localStorage.clear(); sessionStorage.clear()").await;
        self.speak().await;
        view.reach(self).await;
        self.hold_still().await;
        let shot = self.tell("Page.captureScreenshot", json!({ "format": "png" })).await;
        let bytes = BASE64_STANDARD.decode(shot["data"].as_str().expect("a picture"));
        let page = image::load_from_memory(&bytes.expect("base64")).expect("a PNG").to_rgb8();
        self.block_nothing().await;
        Picture { widget: self.widget(dress, &page).await, page }
    }

    async fn put_on(&self, Dress { size, theme }: Dress) {
        let (width, height, zoom) = size.metrics();
        let phone = matches!(size, Size::Phone | Size::Narrow);
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": zoom, "mobile": phone });
        self.tell("Emulation.setDeviceMetricsOverride", metrics).await;
        self.tell("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
        let touch = json!({ "enabled": phone });
        self.tell("Emulation.setTouchEmulationEnabled", touch).await;
        let feature = |name: &str, value: &str| json!({ "name": name, "value": value });
        let dark = if theme == Theme::Dark { "dark" } else { "light" };
        let forced = if theme == Theme::Forced { "active" } else { "none" };
        let features = json!({ "features": [
            feature("prefers-color-scheme", dark),
            feature("prefers-reduced-motion", "reduce"),
            feature("forced-colors", forced),
        ]});
        self.tell("Emulation.setEmulatedMedia", features).await;
    }

    /// Includes the tag once more, in the language of this studio. A page in Arabic runs from right to left.
    async fn speak(&self) {
        let body = "const before = document.querySelector('script[src*=\"handrail.js\"]');
            document.documentElement.dir = arguments[0] === 'ar' ? 'rtl' : 'ltr';
            await Handrail.destroy();
            before.remove();
            const script = document.createElement('script');
            Object.assign(script.dataset, before.dataset, { locale: arguments[0], preload: 'click' });
            script.src = before.src;
            await new Promise((resolve) => {
                script.onload = resolve;
                document.body.append(script);
            });";
        let spoken = self.person.browser.ask(body, &[json!(self.locale)]).await;
        spoken.expect("the tag can be included again");
        if self.ask("return !document.querySelector('#handrail')").await == json!(true) {
            self.sees("hr-corner > button").await;
        }
    }

    /// No focus, no caret, all letters there, everything drawn.
    async fn hold_still(&self) {
        self.ask(
            "root?.activeElement?.blur();
            document.activeElement?.blur();
            await document.fonts.ready;
            await Promise.all(all('img').map((image) => image.decode().catch(() => {})));
            await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));",
        )
        .await;
    }

    async fn widget(&self, dress: Dress, page: &RgbImage) -> [u32; 4] {
        let (.., zoom) = dress.size.metrics();
        let body = "const part = all('.hr-panel[open]')[0] ?? document.documentElement;
            const { x, y, width, height } = part.getBoundingClientRect();
            return [x, y, width, height]";
        let found: [f64; 4] = serde_json::from_value(self.ask(body).await).expect("four numbers");
        let [x, y, width, height] = found.map(|it| it.max(0.0).round() as u32 * zoom);
        let (left, top) = (x.min(page.width()), y.min(page.height()));
        [left, top, width.min(page.width() - left), height.min(page.height() - top)]
    }

    pub(super) async fn open_support(&self) {
        self.click("hr-corner > button").await;
        self.sees(".hr-severity__promise:not(:empty)").await;
    }

    pub(super) async fn open_request(&self, id: i64) {
        let body = "await Handrail.open({ request: arguments[0] })";
        self.person.browser.ask(body, &[json!(id)]).await.expect("the widget opens");
    }

    /// Waits until something is there.
    pub(super) async fn sees(&self, selector: &str) {
        let body = "return all(arguments[0]).filter(shown).length";
        let there = |count: &u64| *count > 0;
        self.person.answer(selector, body, &[json!(selector)], there).await;
    }

    /// Clicks by script, since where things are is not the matter here.
    pub(super) async fn click(&self, selector: &str) {
        self.sees(selector).await;
        let body = "all(arguments[0]).find(shown).click()";
        self.person.browser.ask(body, &[json!(selector)]).await.expect("it can be clicked");
    }

    pub(super) async fn write(&self, id: &str, text: &str) {
        let body = "const field = root.getElementById(arguments[0]);
            field.value = arguments[1];
            field.dispatchEvent(new Event('input', { bubbles: true }));";
        let written = self.person.browser.ask(body, &[json!(id), json!(text)]).await;
        written.unwrap_or_else(|error| panic!("{id}: {error}"));
    }

    pub(super) async fn scroll_to(&self, top: i64) {
        self.hold_still().await;
        let body = "all('.hr-view').forEach((view) => (view.scrollTop = arguments[0]))";
        self.person.browser.ask(body, &[json!(top)]).await.expect("it scrolls");
    }

    pub(super) async fn be_offline(&self, offline: bool) {
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.tell("Network.emulateNetworkConditions", conditions).await;
    }

    pub(super) async fn block(&self, pattern: &str) {
        self.tell("Network.setBlockedURLs", json!({ "urls": [pattern] })).await;
        self.tell("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
    }

    async fn block_nothing(&self) {
        self.tell("Network.setBlockedURLs", json!({ "urls": [] })).await;
        self.tell("Network.setCacheDisabled", json!({ "cacheDisabled": false })).await;
    }

    async fn ask(&self, body: &str) -> Value {
        self.person.browser.script(body).await
    }

    async fn tell(&self, command: &str, parameters: Value) -> Value {
        self.person.browser.devtools(command, parameters).await
    }
}
