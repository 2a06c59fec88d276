//! What somebody sees: texts as they stand on the screen. Each look waits until what it is for is
//! there, so that a test never looks too early.

use super::{person::Person, waiting::until};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A comment as it is shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) by: String,
    pub(crate) text: String,
    /// Whether it carries the badge of support.
    pub(crate) support: bool,
}

impl Person {
    /// The number on the receipt.
    pub(crate) async fn receipt(&self) -> i64 {
        let title = self.text(".hr-receipt__title").await;
        let number = title.strip_prefix("Request #").and_then(|rest| rest.split(' ').next());
        number.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{title:?}"))
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

    /// Waits until a field holds this.
    pub(crate) async fn reads_value(&self, id: &str, expected: &str) {
        let body = "return root?.getElementById(arguments[0])?.value ?? null";
        let wanted = format!("{expected:?} in {id}");
        self.answer(&wanted, body, &[json!(id)], |found: &String| found == expected).await;
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

    /// An element is not cut off by the part of the panel that scrolls.
    pub(crate) async fn has_in_sight(&self, selector: &str, scroller: &str) {
        let body = "const box = (it) => all(it)[0].getBoundingClientRect();
            const inner = box(arguments[0]), outer = box(arguments[1]);
            return inner.top >= outer.top && inner.bottom <= outer.bottom";
        let wanted = format!("{selector} in sight");
        self.answer(&wanted, body, &[json!(selector), json!(scroller)], |seen: &bool| *seen).await;
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
    pub(crate) async fn answer<T: DeserializeOwned>(
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
