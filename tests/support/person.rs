//! Somebody in front of a page, in the words of a user: what they do by mouse and keys. Each deed
//! waits until it is possible. What they see is in `sight`.

use super::{
    browser::{Browser, Screen},
    engine::Engine,
};
use serde_json::{Value, json};

/// Where the panel begins, and how high it is.
pub(crate) const PANEL: &str =
    "const { top, height } = all('.hr-panel')[0].getBoundingClientRect();
    return [top, height]";

/// A person and their browser. The story ends with [`Person::leave`].
pub(crate) struct Person {
    pub(crate) browser: Browser,
}

impl Person {
    /// In front of the browser in which every test runs.
    pub(crate) async fn sit_down(screen: Screen) -> Self {
        Self { browser: Browser::start(Engine::Chromium, screen).await }
    }

    pub(crate) async fn sit_down_at_desk(engine: Engine) -> Self {
        Self { browser: Browser::start(engine, Screen::Desk).await }
    }

    pub(crate) async fn visit(&self, address: &str) {
        self.browser.go(address).await;
    }

    /// Closes the browser; its console must hold no error.
    pub(crate) async fn leave(self) {
        self.browser.close(&[]).await;
    }

    /// The same where errors that contain these words belong to the story.
    pub(crate) async fn leave_after(self, expected: &[&str]) {
        self.browser.close(expected).await;
    }

    async fn click(&self, wanted: &str, body: &str, arguments: &[Value]) {
        let click = async |element: &_| self.browser.click(element).await;
        self.browser.on_element(wanted, body, arguments, click).await;
    }

    /// Puts the tag into the page by a script, in a language, and waits until it has run.
    pub(crate) async fn includes_the_tag(&self, support: &str, locale: &str) {
        let tag = "const script = document.createElement('script');
            script.src = `${arguments[0]}/handrail.js`;
            Object.assign(script.dataset, { tokenUrl: '/token', locale: arguments[1] });
            const ran = new Promise((resolve) => (script.onload = resolve));
            document.body.append(script);
            await ran;";
        let given = [json!(support), json!(locale)];
        self.browser.ask(tag, &given).await.expect("a script can be appended");
    }

    /// Clicks the launcher and waits for the panel.
    pub(crate) async fn open_support(&self) {
        self.click_launcher().await;
        self.finds(".hr-panel[open]").await;
    }

    pub(crate) async fn click_launcher(&self) {
        let launcher = "return root?.querySelector('hr-corner > button') ?? null";
        self.click("the launcher", launcher, &[]).await;
    }

    /// Goes to the description on a phone, whose keyboard takes all but 420 points. No driver can open one, so the window
    /// is told of it.
    pub(crate) async fn gets_a_keyboard(&self) {
        let keyboard = "for (const [name, value] of [['height', 420], ['offsetTop', 30]])
                Object.defineProperty(visualViewport, name, { value, configurable: true });
            root.getElementById('hr-description').focus();
            visualViewport.dispatchEvent(new Event('resize'))";
        self.browser.script(keyboard).await;
        let above = |found: &Value| *found == json!([30, 420]);
        self.answer("the panel above it", PANEL, &[], above).await;
    }

    /// Calls what the Wasm exports for this, as a host engineer would from the browser's console.
    pub(crate) async fn is_hit_by_a_fire_drill(&self) {
        // By a script of the page: a driver's own may have modules of its own.
        let drill = "const glue = performance.getEntriesByType('resource')
                .map((entry) => entry.name).find((name) => /handrail-[^/]*\\.js$/.test(name));
            const script = document.createElement('script');
            script.textContent = `window.drilled = import('${glue}').then((widget) => widget.drill())
                .then(() => 'no panic', (cause) => cause.constructor.name)`;
            document.head.append(script);
            script.remove();
            return window.drilled";
        assert_eq!(self.browser.script(drill).await, "RuntimeError");
    }

    /// Clicks something of the host's own page.
    pub(crate) async fn click_host(&self, selector: &str) {
        let body = "return document.querySelector(arguments[0])";
        self.click(&format!("{selector} on the page"), body, &[json!(selector)]).await;
    }

    pub(crate) async fn close_support(&self) {
        self.press("Close").await;
        self.loses(".hr-panel[open]").await;
    }

    /// Clicks the widget's button of this name.
    pub(crate) async fn press(&self, name: &str) {
        let body = "return all('button').find((button) => shown(button) &&
            (button.ariaLabel ?? read(button)) === arguments[0]) ?? null";
        self.click(&format!("a button {name:?}"), body, &[json!(name)]).await;
    }

    /// The same for a button within a part of it.
    pub(crate) async fn press_in(&self, part: &str, name: &str) {
        let body =
            "return all(arguments[0]).flatMap((part) => [...part.querySelectorAll('button')])
            .find((button) => shown(button) && (button.ariaLabel ?? read(button)) === arguments[1])
            ?? null";
        self.click(&format!("a button {name:?} in {part}"), body, &[json!(part), json!(name)])
            .await;
    }

    /// Goes to one of the three places of the navigation.
    pub(crate) async fn go_to(&self, place: &str) {
        // Behind its name may stand how many news there are.
        let body = "return all('.hr-nav__item').find((entry) => read(entry).startsWith(arguments[0])) ?? null";
        self.click(&format!("the way to {place}"), body, &[json!(place)]).await;
        let current = ".hr-nav__item[aria-current=page]";
        self.reads(current, &format!("to be at {place}"), |text| text.starts_with(place)).await;
    }

    /// Clicks the choice of a severity, wherever on its card the middle is.
    pub(crate) async fn choose(&self, severity: &str) {
        let body = "return all('.hr-severity__choice')
            .find((choice) => choice.querySelector('input').value === arguments[0]) ?? null";
        self.click(&format!("the choice {severity}"), body, &[json!(severity)]).await;
        self.finds(&format!("input[value={severity}]:checked")).await;
    }

    /// Writes into a field in place of what is there.
    pub(crate) async fn write(&self, id: &str, text: &str) {
        let body = "return root?.getElementById(arguments[0]) ?? null";
        let wanted = format!("the field {id}");
        self.browser
            .on_element(&wanted, body, &[json!(id)], async |field| {
                self.browser.click_into(field).await?;
                self.browser.write_over(text).await
            })
            .await;
    }

    pub(crate) async fn write_subject(&self, text: &str) {
        self.write("hr-subject", text).await;
    }

    pub(crate) async fn write_description(&self, text: &str) {
        self.write("hr-description", text).await;
    }

    pub(crate) async fn copy_to(&self, addresses: &str) {
        self.write("hr-ccs", addresses).await;
    }

    /// Fills in what the form needs, and sends.
    pub(crate) async fn send_request(&self, severity: &str, subject: &str, description: &str) {
        self.fill_in(severity, subject, description).await;
        self.press("Send request").await;
    }

    pub(crate) async fn fill_in(&self, severity: &str, subject: &str, description: &str) {
        self.choose(severity).await;
        self.write_subject(subject).await;
        self.write_description(description).await;
    }

    /// Fills in a form that may stand behind another view, and sends.
    pub(crate) async fn send_new(&self, severity: &str, subject: &str) {
        self.go_to("New request").await;
        self.send_request(severity, subject, subject).await;
        self.receipt().await;
    }

    pub(crate) async fn write_reply(&self, text: &str) {
        self.write("hr-reply", text).await;
    }

    pub(crate) async fn reply(&self, text: &str) {
        self.write_reply(text).await;
        self.press("Send reply").await;
    }

    /// Opens a request from the list that is shown.
    pub(crate) async fn open_request(&self, id: i64) {
        self.press_row(id).await;
        self.finds(".hr-thread__title").await;
    }

    /// Clicks a request on the list, and waits for nothing.
    pub(crate) async fn press_row(&self, id: i64) {
        let body = "return all('.hr-row__button').find((row) =>
            read(row.querySelector('.hr-row__number')) === arguments[0]) ?? null";
        self.click(&format!("request {id} on the list"), body, &[json!(format!("#{id}"))]).await;
    }
}
