//! A browser in front of the host's page, and what a person does there. Mouse and keys come from the
//! browser itself, as a person's would, so the page's own clocks tell when they happened.

use super::{
    driver::{Browser, Programs},
    seen::Seen,
};
use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{path::Path, time::Duration};
use tokio::time::{Instant, sleep_until};

/// How many times slower the page's own thread is made.
pub(crate) const THROTTLE: u32 = 4;
/// Between two keys: a quick writer's ten a second or so, and no divisor of the widget's own timers.
const KEY_EVERY: Duration = Duration::from_millis(93);

/// A place on the page, in points.
pub(crate) type Place = [f64; 2];

pub(crate) struct Page {
    browser: Browser,
}

impl Page {
    pub(crate) async fn open(programs: &Programs, folder: &Path, tells: bool) -> Result<Self> {
        Ok(Self { browser: Browser::open(programs, folder, tells).await? })
    }

    pub(crate) fn version(&self) -> &str {
        &self.browser.version
    }

    pub(crate) async fn go(&self, address: &str) -> Result<()> {
        self.browser.go(address).await
    }

    pub(crate) async fn throttle(&self, rate: u32) -> Result<()> {
        self.browser.tell("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await?;
        Ok(())
    }

    /// Asks the page; `body` returns the answer, or a promise of it.
    pub(crate) async fn ask<T: DeserializeOwned>(&self, body: &str) -> Result<T> {
        let answer = self.browser.ask(body).await?;
        serde_json::from_value(answer).with_context(|| format!("the page was asked: {body}"))
    }

    /// Does something to the page by script, which nothing that is measured depends on.
    pub(crate) async fn act(&self, body: &str) -> Result<()> {
        self.browser.ask(body).await.map(drop)
    }

    /// What was noted since it was last taken.
    pub(crate) async fn take(&self) -> Result<Seen> {
        self.ask("return bench.take()").await
    }

    /// Moves the pointer there and clicks at once: what a hover might do before, it has no time for.
    pub(crate) async fn click(&self, [x, y]: Place) -> Result<()> {
        let event =
            |kind: &str| json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
        let moved = json!({ "type": "mouseMoved", "x": x, "y": y });
        for event in [moved, event("mousePressed"), event("mouseReleased")] {
            self.browser.tell("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }

    /// Clicks in the middle of what `element` is in the page.
    pub(crate) async fn click_on(&self, element: &str) -> Result<()> {
        let place = self.ask(&format!("return bench.middle({element})")).await;
        self.click(place.with_context(|| format!("nothing to click: {element}"))?).await
    }

    /// Writes at the pace of a person.
    pub(crate) async fn write(&self, text: &str) -> Result<()> {
        let start = Instant::now();
        for (turn, sign) in (0_u32..).zip(text.chars()) {
            sleep_until(start + KEY_EVERY * turn).await;
            self.press(&sign.to_string()).await?;
        }
        Ok(())
    }

    /// Presses a key: a sign, or one of the few that have names.
    pub(crate) async fn press(&self, key: &str) -> Result<()> {
        for event in key_events(key)? {
            self.browser.tell("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }

    /// Turns the wheel over a place; `down` and `speed` in points and points a second. Returns when
    /// that is over.
    pub(crate) async fn scroll(&self, [x, y]: Place, down: f64, speed: u32) -> Result<()> {
        let gesture = json!({
            "x": x, "y": y, "yDistance": -down, "speed": speed, "gestureSourceType": "mouse",
            "preventFling": true,
        });
        self.browser.tell("Input.synthesizeScrollGesture", gesture).await?;
        Ok(())
    }

    /// Bytes in use after everything that can be had back was: objects of scripts, nodes, buffers, and
    /// the memory of Wasm, which the browser does not count.
    pub(crate) async fn heap(&self) -> Result<f64> {
        // What the first time lets go, the second one finds.
        for _ in 0..2 {
            self.browser.tell("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let usage = self.browser.tell("Runtime.getHeapUsage", json!({})).await?;
        let parts = ["usedSize", "embedderHeapUsedSize", "backingStorageSize"];
        let of = |part: &str| {
            usage.get(part).and_then(Value::as_f64).with_context(|| format!("no {part}"))
        };
        let counted = parts.into_iter().map(of).sum::<Result<f64>>()?;
        Ok(counted + self.ask::<f64>("return bench.memory()").await?)
    }

    pub(crate) async fn traffic(&self) -> Result<Vec<Value>> {
        self.browser.traffic().await
    }

    pub(crate) async fn picture(&self) -> Result<String> {
        self.browser.picture().await
    }

    /// Notes from now on where the page's time goes.
    pub(crate) async fn begin_profile(&self) -> Result<()> {
        self.browser.tell("Profiler.enable", json!({})).await?;
        let finely = json!({ "interval": 200 });
        self.browser.tell("Profiler.setSamplingInterval", finely).await?;
        self.browser.tell("Profiler.start", json!({})).await?;
        Ok(())
    }

    /// The notes, as the browser's own tools read them.
    pub(crate) async fn end_profile(&self) -> Result<Value> {
        let mut told = self.browser.tell("Profiler.stop", json!({})).await?;
        Ok(told.get_mut("profile").context("no profile")?.take())
    }

    pub(crate) async fn close(self) -> Result<()> {
        self.browser.close().await
    }
}

/// Down and up.
fn key_events(key: &str) -> Result<[Value; 2]> {
    let (code, number) = match key {
        "ArrowDown" => (key.to_owned(), 40),
        "ArrowUp" => (key.to_owned(), 38),
        " " => (String::from("Space"), 32),
        _ => match key.bytes().next() {
            Some(sign) if key.len() == 1 && sign.is_ascii_lowercase() => {
                (format!("Key{}", key.to_uppercase()), sign.to_ascii_uppercase())
            }
            Some(sign) if key.len() == 1 && sign.is_ascii_digit() => (format!("Digit{key}"), sign),
            _ => bail!("there is no key for {key:?}"),
        },
    };
    let event = |kind: &str| json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number });
    let (mut down, up) = (event("keyDown"), event("keyUp"));
    match down.as_object_mut() {
        Some(down) if key.len() == 1 => _ = down.insert(String::from("text"), json!(key)),
        Some(down) => _ = down.insert(String::from("type"), json!("rawKeyDown")),
        None => {}
    }
    Ok([down, up])
}

#[cfg(test)]
mod tests {
    use super::key_events;

    #[test]
    fn signs_bring_text_and_named_keys_none() {
        let [down, up] = key_events("a").unwrap();
        assert_eq!((&down["code"], &down["text"]), (&"KeyA".into(), &"a".into()));
        assert_eq!((&down["windowsVirtualKeyCode"], &up["type"]), (&65.into(), &"keyUp".into()));
        let [down, _] = key_events("ArrowDown").unwrap();
        assert_eq!((&down["type"], down.get("text")), (&"rawKeyDown".into(), None));
        assert!(key_events("é").is_err());
    }
}
