//! A browser of one of the engines, with a profile of its own, and its console. Questions to the page
//! are asked by scripts, what a person does is done by WebDriver's mouse and keys.

use super::{driver::Driver, engine::Engine, waiting::until};
use serde_json::{Value, json};
use std::sync::Mutex;
use tempfile::TempDir;
use thirtyfour::{
    Key, TypingData, WebDriver, WebElement, WindowHandle,
    error::{WebDriverResult, no_such_element},
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

/// What `tests/pages/plain/witness.js` wrote down: errors of the page. Our own pages have no witness.
const WITNESSED: &str = "return (window.witnessed ?? []).splice(0)";

/// A browser window. It has to be closed by [`Browser::close`], which reads the console.
pub(crate) struct Browser {
    pub(crate) engine: Engine,
    session: Option<WebDriver>,
    /// Errors of pages that were left since.
    witnessed: Mutex<Vec<String>>,
    _driver: Driver,
    _folder: TempDir,
}

impl Browser {
    pub(crate) async fn start(engine: Engine, screen: Screen) -> Self {
        assert!(screen == Screen::Desk || engine == Engine::Chromium, "only it can play a phone");
        let folder = tempfile::tempdir().expect("a folder for the profile");
        let driver = Driver::start(engine, folder.path(), TIME_ZONE).await;
        let profile = folder.path().join("profile");
        let capabilities = engine.capabilities(screen, &profile.display().to_string());
        let session = WebDriver::new(&driver.address, capabilities).await;
        let session = session.unwrap_or_else(|error| panic!("{engine:?} does not start: {error}"));
        if engine == Engine::WebKit {
            session.set_window_rect(0, 0, 1280, 1000).await.expect("a window has a size");
        }
        let (session, witnessed) = (Some(session), Mutex::default());
        Self { engine, session, witnessed, _driver: driver, _folder: folder }
    }

    fn session(&self) -> &WebDriver {
        self.session.as_ref().expect("it is open")
    }

    pub(crate) async fn go(&self, address: &str) {
        self.read_witness().await;
        self.session().goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    /// Opens another tab and goes there; tells the way back to this one, which stays.
    pub(crate) async fn open_tab(&self) -> WindowHandle {
        let tab = self.session().new_tab().await.expect("a tab can be opened");
        self.go_to_tab(tab).await
    }

    /// Goes to another tab; tells the way back.
    pub(crate) async fn go_to_tab(&self, tab: WindowHandle) -> WindowHandle {
        self.read_witness().await;
        let left = self.session().window().await.expect("one is in a tab");
        self.session().switch_to_window(tab).await.expect("it is there");
        left
    }

    /// Back to the page before.
    pub(crate) async fn back(&self) {
        self.read_witness().await;
        self.session().back().await.expect("there is a page before");
    }

    /// Keeps what the page's witness saw, since a page that is left takes it along.
    async fn read_witness(&self) {
        let seen = self.script(WITNESSED).await;
        let seen: Vec<String> = serde_json::from_value(seen).expect("texts");
        self.witnessed.lock().expect("no test panics with it").extend(seen);
    }

    /// Asks the page; `body` returns the answer, or a promise of it.
    pub(crate) async fn ask(&self, body: &str, arguments: &[Value]) -> Result<Value, String> {
        let answer = self.session().execute(question(body), arguments).await;
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
        act: impl AsyncFn(&WebElement) -> WebDriverResult<T>,
    ) -> T {
        let script = question(body);
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

    /// Clicks in the middle of an element. It fails when that is not where the click would arrive.
    pub(crate) async fn click(&self, element: &WebElement) -> WebDriverResult<()> {
        if self.engine != Engine::WebKit {
            return element.click().await;
        }
        // Its driver takes any text field in a shadow root for covered, so the mouse is moved there
        // by hand.
        element.scroll_into_view().await?;
        let hand = self.session().action_chain().move_to_element_center(element);
        hand.click().perform().await
    }

    /// Clicks into a field. It fails when the focus is elsewhere then: the field has just moved away from
    /// under the mouse, and what would be typed would go nowhere.
    pub(crate) async fn click_into(&self, field: &WebElement) -> WebDriverResult<()> {
        self.click(field).await?;
        let focused = question("return root?.activeElement === arguments[0]");
        let answer = self.session().execute(focused, vec![field.to_json()?]).await?;
        match answer.json() {
            Value::Bool(true) => Ok(()),
            _ => Err(no_such_element("a field with the focus".to_owned())),
        }
    }

    /// Writes in place of what the focused field holds.
    pub(crate) async fn write_over(&self, text: &str) -> WebDriverResult<()> {
        let all = self.session().action_chain().key_down(Key::Control).send_keys("a");
        all.key_up(Key::Control).send_keys(text).perform().await
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

    /// Tells Chromium what no page and no person can, such as that the system is dark now.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let answer = self.session().cdp().send_raw(command, parameters).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// The process of the page dies, as it does when memory has run out; one goes on in another tab.
    pub(crate) async fn crash(&self) {
        let session = self.session();
        let other = session.new_tab().await.expect("a tab can be opened");
        let died = session.cdp().send_raw("Page.crash", json!({})).await;
        assert!(died.is_err(), "a page that is there no more cannot answer");
        session.switch_to_window(other).await.expect("it is there");
    }

    /// Ends the browser. The console must be free of errors but for those that contain one of the
    /// words in `expected`.
    pub(crate) async fn close(mut self, expected: &[&str]) {
        self.read_witness().await;
        let session = self.session.take().expect("it is open");
        let mut errors = std::mem::take(self.witnessed.get_mut().expect("no test panics with it"));
        if self.engine == Engine::Chromium {
            // It also tells what no script of the page can see, such as calls that failed.
            let log = session.get_log("browser").await.expect("the console can be read");
            errors.extend(
                log.into_iter().filter(|line| line.level == "SEVERE").map(|line| line.message),
            );
        }
        session.quit().await.expect("the browser ends");
        errors.retain(|message| !expected.iter().any(|words| message.contains(words)));
        assert!(errors.is_empty(), "errors in the console:\n{}", errors.join("\n"));
    }
}

/// The script that asks. In a function of its own, since only some drivers make it asynchronous.
fn question(body: &str) -> String {
    ["return (async function () {", PRELUDE, body, "\n}).apply(null, arguments)"].concat()
}

impl Drop for Browser {
    fn drop(&mut self) {
        let unread = self.session.is_some() && !std::thread::panicking();
        assert!(!unread, "a browser was dropped and its console never read: call `close`");
    }
}
