//! Files of comments: seen small and large, and saved under their names, on the strictest page.

use crate::support::{
    agent::{Agent, Record},
    people::ANA,
    stage::Stage,
};
use serde_json::json;
use thirtyfour::Key;

/// 40 by 20 pixels, all red.
const PICTURE: &str = "iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAIAAABwJOjsAAAAJElEQVR42mM4oKAwIIhh1OJRi0ctHrV41OJRi0ctHrV45FgMABssIC7oM+tRAAAAAElFTkSuQmCC";

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_seen_small_and_large_and_a_file_is_saved_under_its_name() {
    let stage = Stage::set().await;
    let id = Record::of(&ANA, &stage.server).await.create("Crawler stuck", &[]).await;
    let agent = Agent::hire(&stage.server).await;
    let picture = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, PICTURE);
    let picture = agent.upload("what I see.png", picture.expect("base64")).await;
    let list = agent.upload("Prüfliste \u{202e}.txt", b"one, two".to_vec()).await;
    agent.write(id, json!({ "body": "See both.", "uploads": [picture, list] })).await;

    let ana = stage.person_on("strict", &ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.open_request(id).await;
    ana.conversation(2).await;
    let is_drawn = "const canvas = all(arguments[0])[0];
        return canvas ? [canvas.width, canvas.height] : null";
    ana.finds(".hr-attached__preview canvas").await;
    ana.press("Show what I see.png").await;
    let large = ana
        .answer("a large picture", is_drawn, &[json!(".hr-lightbox__picture")], |_: &(u32, u32)| {
            true
        })
        .await;
    assert_eq!(large, (40, 20));
    ana.finds(".hr-lightbox[open]").await;
    let focus = "return root.activeElement?.closest('dialog')?.className ?? null";
    ana.answer("the focus in it", focus, &[], |class: &String| class == "hr-lightbox").await;
    ana.browser.keys(Key::Escape).await;
    ana.loses(".hr-lightbox").await;
    ana.finds(".hr-panel[open]").await;
    let focus = "return root.activeElement?.ariaLabel ?? null";
    ana.answer("the focus back", focus, &[], |label: &String| label == "Show what I see.png").await;

    // The browser's own downloads are not looked at: what is handed to it is.
    ana.browser
        .script(
            "const click = HTMLElement.prototype.click;
            HTMLElement.prototype.click = function () {
                if (!this.download) return click.call(this);
                window.handed = [this.download, this.href.slice(0, 5)];
            }",
        )
        .await;
    ana.press("Save Prüfliste .txt").await;
    let handed = "return window.handed ?? null";
    let handed: (String, String) = ana.answer("a file handed over", handed, &[], |_| true).await;
    assert_eq!(handed, ("Prüfliste .txt".to_owned(), "blob:".to_owned()));
    assert_eq!(ana.browser.script("return window.violations").await, json!([]));
    ana.leave().await;
}
