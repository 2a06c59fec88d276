//! Content Security Policies: what docs/EMBEDDING.md asks for is enough, and less would not be.

use crate::support::{
    engine::{Engine, in_every_engine},
    people::ANA,
    stage::Stage,
};
use serde_json::json;

in_every_engine! {
    a_strict_policy_is_obeyed_from_the_launcher_to_the_reply,
}

/// One names origins, one a nonce, one trusts what a script with a nonce loads. None allows anything
/// inline, a style attribute or an assignment of HTML.
async fn a_strict_policy_is_obeyed_from_the_launcher_to_the_reply(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let ana = stage.person_on("strict", &ANA).await;
    for case in ["strict", "nonce", "dynamic"] {
        ana.visit(&stage.page(case, &ANA)).await;
        ana.open_support().await;
        ana.send_request("S1", "Under a strict policy", "Nothing inline.").await;
        ana.receipt().await;
        ana.press("View request").await;
        ana.reply("Nor here.").await;
        ana.conversation(2).await;
        assert_eq!(ana.browser.script("return window.violations").await, json!([]), "{case}");
    }
    ana.leave().await;
}
