//! Mounted and destroyed two hundred times: nothing piles up.

use crate::support::{people::ANA, person::Person, stage::Stage, waiting::until};
use serde_json::json;

const ROUNDS: usize = 200;
/// In one script, which WebDriver waits for.
const AT_ONCE: usize = 20;

/// A tag, a panel with all its views, and the end of it.
const ROUND: &str = "
    const settled = async (selector) => {
        for (let turn = 0; turn < 1000; turn += 1) {
            const root = document.querySelector('handrail-widget')?.shadowRoot;
            if (root?.querySelector(selector)) return;
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
        throw new Error(`no ${selector}`);
    };
    for (let round = 0; round < arguments[1]; round += 1) {
        const script = document.createElement('script');
        script.src = `${arguments[0]}/handrail.js`;
        script.dataset.tokenUrl = '/token';
        const loaded = new Promise((resolve) => (script.onload = resolve));
        document.head.append(script);
        await loaded;
        const heard = Handrail.on('open', () => {});
        await Handrail.open();
        await settled('.hr-severity__due, .hr-severity__reply, .hr-severity__choice');
        await Handrail.open({ view: 'mine' });
        await settled('.hr-row, .hr-empty');
        await Handrail.logout();
        heard();
        await Handrail.destroy();
        script.remove();
    }
    const glue = performance.getEntriesByType('resource').map(({ name }) => name)
        .find((name) => /handrail-[^/]*\\.js$/.test(name));
    performance.clearResourceTimings();
    window.glue ??= await import(glue);
    return (await window.glue.default()).memory.buffer.byteLength";

/// What the page holds after everything that can be forgotten is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    nodes: i64,
    listeners: i64,
    heap: i64,
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_rounds_of_mounting_and_destroying_leave_nothing() {
    let stage = Stage::set_without_limits().await;
    let ana = stage.person(&ANA).await;
    ana.finds("hr-corner > button").await;
    ana.browser.script("return Handrail.destroy()").await;
    ana.browser.devtools("Performance.enable", json!({})).await;
    // What is made once, such as the Wasm's instance, is there after these.
    let wasm = plays(&ana, &stage).await;
    let first = until("a page at rest", async || {
        let (one, other) = (holds(&ana).await, holds(&ana).await);
        let rests = (one.nodes, one.listeners) == (other.nodes, other.listeners);
        if rests { Ok(other) } else { Err(format!("{one:?}, then {other:?}")) }
    })
    .await;
    for _ in 0..ROUNDS / AT_ONCE {
        assert_eq!(plays(&ana, &stage).await, wasm, "the memory of the Wasm grows");
    }
    // Of the last round something may still be on its way.
    let last = until("as much as before", async || {
        let held = holds(&ana).await;
        let flat = held.nodes <= first.nodes && held.listeners <= first.listeners;
        if flat { Ok(held) } else { Err(format!("{held:?}; before: {first:?}")) }
    })
    .await;
    println!("before: {first:?}, after {ROUNDS} rounds: {last:?}, Wasm: {wasm} bytes");
    // The engine's own records of scripts that ran stay; a widget that stayed would be far more.
    let grown = (last.heap - first.heap) / (ROUNDS as i64);
    assert!(grown < 2 * 1024, "each round leaves {grown} bytes: {first:?}, {last:?}");
    ana.leave().await;
}

/// Some rounds; the size of the Wasm's memory after them.
async fn plays(person: &Person, stage: &Stage) -> i64 {
    let arguments = [json!(stage.server.origin), json!(AT_ONCE)];
    let wasm = person.browser.ask(ROUND, &arguments).await.expect("the rounds can be played");
    wasm.as_i64().expect("a size")
}

async fn holds(person: &Person) -> Held {
    let browser = &person.browser;
    browser.devtools("HeapProfiler.collectGarbage", json!({})).await;
    let metrics = browser.devtools("Performance.getMetrics", json!({})).await;
    let metric = |wanted: &str| -> i64 {
        let metrics = metrics["metrics"].as_array().expect("a list");
        let found = metrics.iter().find(|metric| metric["name"] == wanted);
        found.and_then(|metric| metric["value"].as_f64()).expect("a number") as i64
    };
    Held {
        nodes: metric("Nodes"),
        listeners: metric("JSEventListeners"),
        heap: metric("JSHeapUsedSize"),
    }
}
