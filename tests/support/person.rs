//! Somebody in front of a page, in the words of a user: what they do by mouse and keys. Each deed
//! waits until it is possible. What they see is in `sight`.

use super::browser::{Browser, Screen};
use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};

/// A person and their browser. The story ends with [`Person::leave`].
pub(crate) struct Person {
    pub(crate) browser: Browser,
}

impl Person {
    pub(crate) async fn sit_down(screen: Screen) -> Self {
        Self { browser: Browser::start(screen).await }
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
        self.browser.on_element(wanted, body, arguments, WebElement::click).await;
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

    /// Goes to one of the three places of the navigation.
    pub(crate) async fn go_to(&self, place: &str) {
        self.press(place).await;
        let current = ".hr-nav__item[aria-current=page]";
        self.reads(current, &format!("to be at {place}"), |text| text == place).await;
    }

    /// Clicks the choice of a severity, wherever on its card the middle is.
    pub(crate) async fn choose(&self, severity: &str) {
        let body = "return all('.hr-severity__choice')
            .find((choice) => choice.querySelector('input').value === arguments[0]) ?? null";
        self.click(&format!("the choice {severity}"), body, &[json!(severity)]).await;
        self.finds(&format!("input[value={severity}]:checked")).await;
    }

    async fn write(&self, id: &str, text: &str) {
        let body = "return root?.getElementById(arguments[0]) ?? null";
        // In place of what is there. In one go: between two, WebDriver moves the caret to the end.
        let keys = format!("{}a{}{text}", Key::Control.value(), Key::Null.value());
        self.browser
            .on_element(&format!("the field {id}"), body, &[json!(id)], async |field| {
                field.click().await?;
                field.send_keys(keys.as_str()).await
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
