//! Long conversations, and what arrives while one looks.

use crate::support::{
    agent::{Agent, Record},
    engine::{Engine, in_every_engine},
    people::ANA,
    stage::Stage,
};
use serde_json::json;

in_every_engine! {
    a_thousand_comments_come_in_parts_the_newest_first_and_none_moves_the_place,
}

async fn a_thousand_comments_come_in_parts_the_newest_first_and_none_moves_the_place(
    engine: Engine,
) {
    let stage = Stage::set_in(engine).await;
    let id = Record::of(&ANA, &stage.server).await.create("Crawler stuck", &[]).await;
    let agent = Agent::hire(&stage.server).await;
    for number in 1..1_000 {
        agent.reply(id, &format!("Message {number}\nof a long talk"), json!({})).await;
    }
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.open_request(id).await;
    let said = ana.conversation(50).await;
    assert_eq!(said[49].text, "Message 999 of a long talk");
    // The newest one is in sight, the button for more is not.
    let in_sight = "const panel = all('.hr-view')[0].getBoundingClientRect();
        const last = all('.hr-talk__item').at(-1).getBoundingClientRect();
        const bar = all('.hr-thread__bar')[0].getBoundingClientRect();
        return last.top >= bar.bottom && last.top < panel.bottom";
    ana.answer("the newest one in sight", in_sight, &[], |seen: &bool| *seen).await;

    // Coming near the beginning brings what was before, and what one looks at stays where it is.
    let body = "const view = all('.hr-view')[0], done = arguments.length;
        const item = all('.hr-talk__item')[0];
        all('.hr-talk__more button')[0].scrollIntoView({ block: 'nearest' });
        const before = item.getBoundingClientRect().top;
        return new Promise((resolve) => {
            const look = () => {
                if (all('.hr-talk__item').length < 100) return requestAnimationFrame(look);
                requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() =>
                    resolve(Math.abs(item.getBoundingClientRect().top - before)))));
            };
            look();
        })";
    let moved = ana.browser.script(body).await;
    assert!(moved.as_f64().is_some_and(|moved| moved < 4.0), "it moved by {moved}");

    // All of it, part by part; then scrolling through it drops no frame for long.
    let body = "const view = all('.hr-view')[0];
        return new Promise((resolve) => {
            const look = () => {
                const more = all('.hr-talk__more button')[0];
                // The last part is put in its place by the second frame.
                if (!more) return requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() =>
                    resolve(all('.hr-talk__item').length))));
                more.scrollIntoView({ block: 'nearest' });
                requestAnimationFrame(look);
            };
            look();
        })";
    assert_eq!(ana.browser.script(body).await, 1_000);
    // What is far out of sight is not laid out, and has no text to be read.
    ana.browser.script("all('.hr-talk__item')[0].scrollIntoView()").await;
    let first = "return read(all('.hr-talk__item')[0])";
    let is_first = |text: &String| text.contains("More about: Crawler stuck");
    ana.answer("the first comment of all", first, &[], is_first).await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_said_meanwhile_is_marked_and_announced_and_ones_own_is_not() {
    let stage = Stage::set().await;
    let id = Record::of(&ANA, &stage.server).await.create("Crawler stuck", &[]).await;
    let agent = Agent::hire(&stage.server).await;
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.open_request(id).await;
    ana.conversation(1).await;
    ana.reply("Is anybody there?").await;
    ana.conversation(2).await;
    ana.loses(".hr-talk__new").await;

    agent.reply(id, "Yes, we are.", json!({})).await;
    ana.reply("Good.").await;
    let said = ana.conversation(4).await;
    assert_eq!((said[2].text.as_str(), said[3].text.as_str()), ("Yes, we are.", "Good."));
    assert_eq!(ana.text(".hr-talk__new").await, "New");
    let below = "return all('.hr-talk__new')[0].compareDocumentPosition(all('.hr-talk__item')[2])
        === Node.DOCUMENT_POSITION_FOLLOWING";
    assert_eq!(ana.browser.script(below).await, json!(true));
    ana.leave().await;
}
