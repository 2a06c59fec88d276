//! A browser: one headless Chromium with a profile of its own, and its console. Questions to the
//! page are asked by scripts, what a person does is done by WebDriver's mouse and keys.

use super::{
    driver::{Driver, named},
    waiting::until,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{
    ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, TypingData, WebDriver,
    WebElement,
};

/// Not UTC and not a whole hour from it, so that a time shown in the wrong zone is seen.
pub(crate) const TIME_ZONE: &str = "Asia/Kolkata";

/// What every question may use: the widget's shadow root, and text as people read it.
const PRELUDE: &str = r#"
    const root = document.querySelector("handrail-widget")?.shadowRoot;
    const all = (selector) => [...(root?.querySelectorAll(selector) ?? [])];
    const read = (element) => element.innerText.replace(/\s+/g, " ").trim();
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
"#;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    Desk,
    /// 390 by 844 points.
    Phone,
}

/// A browser window. It has to be closed by [`Browser::close`], which reads the console.
pub(crate) struct Browser {
    session: Option<WebDriver>,
    _driver: Driver,
    _folder: TempDir,
}

impl Browser {
    pub(crate) async fn start(screen: Screen) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the profile");
        let driver = Driver::start(folder.path(), TIME_ZONE).await;
        let profile = folder.path().join("profile");
        let capabilities = capabilities(screen, &profile.display().to_string());
        let capabilities = capabilities.expect("they can be written as JSON");
        let session = WebDriver::new(&driver.address, capabilities).await;
        let session = Some(session.expect("Chromium starts"));
        Self { session, _driver: driver, _folder: folder }
    }

    fn session(&self) -> &WebDriver {
        self.session.as_ref().expect("it is open")
    }

    pub(crate) async fn go(&self, address: &str) {
        self.session().goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    /// Asks the page; `body` returns the answer, or a promise of it.
    pub(crate) async fn ask(&self, body: &str, arguments: &[Value]) -> Result<Value, String> {
        let answer = self.session().execute([PRELUDE, body].concat(), arguments).await;
        answer.map(|answer| answer.json().clone()).map_err(|error| error.to_string())
    }

    /// The same when only a mistake of the test can fail it.
    pub(crate) async fn script(&self, body: &str) -> Value {
        self.ask(body, &[]).await.unwrap_or_else(|error| panic!("{body}: {error}"))
    }

    /// The element that `body` returns, as soon as there is one and `act` succeeds on it. An act
    /// that WebDriver refuses has not happened, so it may be tried again: the page may just have
    /// been drawn anew.
    pub(crate) async fn on_element<T>(
        &self,
        wanted: &str,
        body: &str,
        arguments: &[Value],
        act: impl AsyncFn(&WebElement) -> thirtyfour::error::WebDriverResult<T>,
    ) -> T {
        let script = [PRELUDE, body].concat();
        until(wanted, async || {
            let found = self.session().execute(script.as_str(), arguments).await;
            let element = found.and_then(thirtyfour::session::scriptret::ScriptRet::element);
            let done = match element {
                Ok(element) => act(&element).await,
                Err(_) => return Err(self.page().await),
            };
            match done {
                Ok(done) => Ok(done),
                Err(error) => Err(format!("{error}; {}", self.page().await)),
            }
        })
        .await
    }

    /// Presses keys one after the other, wherever the focus is.
    pub(crate) async fn keys(&self, keys: impl Into<TypingData>) {
        let pressed = self.session().action_chain().send_keys(keys).perform().await;
        pressed.expect("keys can be pressed");
    }

    /// What stands there, for the text of a failure.
    pub(crate) async fn page(&self) -> String {
        let body = "return (root ? [...root.children] : [document.body])
            .map((part) => part.innerText ?? '').join(' | ')";
        let text = self.ask(body, &[]).await;
        text.map_or_else(|error| error, |text| text.as_str().unwrap_or_default().to_owned())
    }

    /// Ends the browser. The console must be free of errors but for those that contain one of the
    /// words in `expected`.
    pub(crate) async fn close(mut self, expected: &[&str]) {
        let session = self.session.take().expect("it is open");
        let log = session.get_log("browser").await.expect("the console can be read");
        session.quit().await.expect("Chromium ends");
        let errors: Vec<String> = log
            .into_iter()
            .filter(|entry| entry.level == "SEVERE")
            .map(|entry| entry.message)
            .filter(|message| !expected.iter().any(|words| message.contains(words)))
            .collect();
        assert!(errors.is_empty(), "errors in the console:\n{}", errors.join("\n"));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let unread = self.session.is_some() && !std::thread::panicking();
        assert!(!unread, "a browser was dropped and its console never read: call `close`");
    }
}

fn capabilities(
    screen: Screen,
    profile: &str,
) -> thirtyfour::error::WebDriverResult<ChromeCapabilities> {
    let mut capabilities = ChromeCapabilities::new();
    // Unnamed, chromedriver looks for it in the usual places.
    if let Some(chromium) = named("HANDRAIL_CHROMIUM") {
        capabilities.set_binary(&chromium)?;
    }
    for flag in [
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
        &format!("--user-data-dir={profile}"),
    ] {
        capabilities.add_arg(flag)?;
    }
    if screen == Screen::Phone {
        let metrics = json!({ "width": 390, "height": 844, "pixelRatio": 1, "touch": true });
        let phone = json!({ "deviceMetrics": metrics });
        capabilities.add_experimental_option("mobileEmulation", phone)?;
    }
    capabilities.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
    Ok(capabilities)
}
