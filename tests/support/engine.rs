//! The engines that the widget has to run in. Each comes with the machine, together with a driver
//! that speaks WebDriver; what differs between them when they are started stands here.

use super::{browser::Screen, driver::named};
use serde_json::{Value, json};
use thirtyfour::Capabilities;

/// An engine, by the browser in which it is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Every test runs here.
    Chromium,
    /// Firefox ESR. What the widget stands on runs here, too, and in the next one.
    Firefox,
    /// WebKitGTK in its MiniBrowser, which needs a display: it has no headless mode.
    WebKit,
}

/// Makes a test of each story for each engine; they are called `story::in_firefox` and so on.
macro_rules! in_every_engine {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            use crate::support::engine::Engine;

            #[tokio::test(flavor = "multi_thread")]
            async fn in_chromium() {
                super::$story(Engine::Chromium).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn in_firefox() {
                super::$story(Engine::Firefox).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn in_webkit() {
                super::$story(Engine::WebKit).await;
            }
        }
    )+};
}
pub(crate) use in_every_engine;

impl Engine {
    /// The program that drives the browser, and what it is called with.
    pub(super) fn driver(self) -> (String, Vec<&'static str>) {
        let (variable, usual, flags): (_, _, &[_]) = match self {
            Self::Chromium => ("HANDRAIL_CHROMEDRIVER", "chromedriver", &[]),
            // The second port is for a protocol that nobody here speaks.
            Self::Firefox => ("HANDRAIL_GECKODRIVER", "geckodriver", &["--websocket-port=0"]),
            Self::WebKit => ("HANDRAIL_WEBKITDRIVER", "WebKitWebDriver", &[]),
        };
        (named(variable).unwrap_or_else(|| usual.to_owned()), flags.to_vec())
    }

    /// What the driver is asked for: a browser without a profile of anybody's.
    pub(super) fn capabilities(self, screen: Screen, profile: &str) -> Capabilities {
        let wanted = match self {
            Self::Chromium => chromium(screen, profile),
            Self::Firefox => firefox(),
            // The driver knows where its browser is and how to start it.
            Self::WebKit => json!({ "browserName": "MiniBrowser" }),
        };
        serde_json::from_value(wanted).expect("an object")
    }
}

fn chromium(screen: Screen, profile: &str) -> Value {
    let mut options = json!({ "args": [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--lang=en-US",
        "--window-size=1280,1000",
        format!("--user-data-dir={profile}"),
    ] });
    if screen == Screen::Phone {
        let metrics = json!({ "width": 390, "height": 844, "pixelRatio": 1, "touch": true });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    let options = binary(options, "HANDRAIL_CHROMIUM");
    let logs = json!({ "browser": "ALL" });
    json!({ "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": logs })
}

fn firefox() -> Value {
    let options = json!({
        "args": ["-headless", "-width", "1280", "-height", "1000"],
        "prefs": { "intl.accept_languages": "en-US" },
    });
    let options = binary(options, "HANDRAIL_FIREFOX");
    json!({ "browserName": "firefox", "moz:firefoxOptions": options })
}

/// Unnamed, the driver looks for its browser in the usual places.
fn binary(mut options: Value, variable: &str) -> Value {
    if let Some(path) = named(variable) {
        options["binary"] = path.into();
    }
    options
}
