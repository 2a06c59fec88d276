//! Somebody in front of a page, in the words of a user: what they do by mouse and keys, and what
//! they see. Each deed waits until it is possible, each look until it is there.

use super::{
    browser::{Browser, Screen},
    waiting::until,
};
use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};

/// A person and their browser. The story ends with [`Person::leave`].
pub(crate) struct Person {
    pub(crate) browser: Browser,
}

/// A comment as it is shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) by: String,
    pub(crate) text: String,
    /// Whether it carries the badge of support.
    pub(crate) support: bool,
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

    /// The number on the receipt.
    pub(crate) async fn receipt(&self) -> i64 {
        let title = self.text(".hr-receipt__title").await;
        let number = title.strip_prefix("Request #").and_then(|rest| rest.split(' ').next());
        number.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{title:?}"))
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

    /// The conversation, once it has this many comments.
    pub(crate) async fn conversation(&self, length: usize) -> Vec<Said> {
        let body = "return all('.hr-talk__item').map((item) => [
            read(item.querySelector('.hr-talk__author')),
            read(item.querySelector('.hr-talk__text')),
            all('.hr-chip--agent').some((badge) => item.contains(badge) && read(badge) === 'Support'),
        ])";
        let said: Vec<(String, String, bool)> = self
            .answer(&format!("a conversation of {length}"), body, &[], |said: &Vec<_>| {
                said.len() == length
            })
            .await;
        said.into_iter().map(|(by, text, support)| Said { by, text, support }).collect()
    }

    /// What a field holds.
    pub(crate) async fn value(&self, id: &str) -> String {
        let body = "return root?.getElementById(arguments[0])?.value ?? null";
        self.answer(&format!("the field {id}"), body, &[json!(id)], |_: &String| true).await
    }

    /// The text of what the selector finds, once it is there.
    pub(crate) async fn text(&self, selector: &str) -> String {
        self.reads(selector, "there", |_| true).await
    }

    /// The text of what the selector finds, once it fits.
    pub(crate) async fn reads(
        &self,
        selector: &str,
        wanted: &str,
        fits: impl Fn(&str) -> bool,
    ) -> String {
        let body = "return all(arguments[0]).filter(shown).map(read)[0] ?? null";
        let wanted = format!("{selector} {wanted}");
        self.answer(&wanted, body, &[json!(selector)], |text: &String| fits(text)).await
    }

    /// The texts of all that the selector finds now.
    pub(crate) async fn texts(&self, selector: &str) -> Vec<String> {
        let body = "return all(arguments[0]).filter(shown).map(read)";
        let texts = self.browser.ask(body, &[json!(selector)]).await;
        serde_json::from_value(texts.expect("the page answers")).expect("texts")
    }

    /// Waits until the widget says this, anywhere.
    pub(crate) async fn sees(&self, words: &str) {
        self.reads(".hr-panel[open], .hr-page", &format!("to say {words:?}"), |text| {
            text.contains(words)
        })
        .await;
    }

    pub(crate) async fn finds(&self, selector: &str) {
        self.reads(selector, "to be there", |_| true).await;
    }

    pub(crate) async fn loses(&self, selector: &str) {
        let body = "return all(arguments[0]).filter(shown).length";
        let wanted = format!("no {selector}");
        self.answer(&wanted, body, &[json!(selector)], |count: &u64| *count == 0).await;
    }

    /// Asks the page until the answer has the right type and fits.
    pub(crate) async fn answer<T: serde::de::DeserializeOwned>(
        &self,
        wanted: &str,
        body: &str,
        arguments: &[Value],
        fits: impl Fn(&T) -> bool,
    ) -> T {
        until(wanted, async || {
            let found = self.browser.ask(body, arguments).await?;
            match serde_json::from_value::<T>(found.clone()) {
                Ok(answer) if fits(&answer) => Ok(answer),
                _ => Err(format!("{found} on {}", self.browser.page().await)),
            }
        })
        .await
    }
}
