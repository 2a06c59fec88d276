//! The form on a phone: letters that no browser zooms into, and a panel that ends where the keyboard
//! begins. No driver can open a phone's keyboard, so the window is told of one.

use crate::support::{
    agent::{Agent, Record},
    browser::Screen,
    people::{ANA, BEN},
    person::Person,
    stage::Stage,
};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn the_panel_keeps_to_what_the_keyboard_leaves_with_the_field_in_sight() {
    let stage = Stage::set().await;
    let ana = Person::sit_down(Screen::Phone).await;
    ana.visit(&stage.page("plain", &ANA)).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    ana.gets_a_keyboard().await;
    ana.has_in_sight("#hr-description", ".hr-view").await;
    let reached = "const view = all('.hr-view')[0];
        view.scrollTop = view.scrollHeight;
        return all('[type=submit]')[0].getBoundingClientRect().bottom <= 450";
    assert_eq!(ana.browser.script(reached).await, true);
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_field_has_letters_that_a_phone_zooms_into() {
    let stage = Stage::set().await;
    let ana = Person::sit_down(Screen::Phone).await;
    ana.visit(&stage.page("plain", &ANA)).await;
    ana.open_support().await;
    let sizes = "return all('textarea, input:is(:not([type]), [type=text])')
        .map((field) => parseFloat(getComputedStyle(field).fontSize))";
    let sizes: Vec<f64> =
        ana.answer("fields", sizes, &[], |sizes: &Vec<f64>| sizes.len() == 3).await;
    assert!(sizes.iter().all(|size| *size >= 16.0), "{sizes:?}");
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_places_of_the_navigation_have_room_on_the_smallest_screen_in_every_language() {
    let stage = Stage::set().await;
    // Four places, two of them with news.
    Record::of(&ANA, &stage.server).await.create("Of Ana", &[]).await;
    Record::of(&BEN, &stage.server).await.create("Of Ben", &[ANA.email]).await;
    Agent::hire(&stage.server).await.share_requests_of(ANA.organization).await;
    let ana = Person::sit_down(Screen::Phone).await;
    let small = json!({ "width": 320, "height": 568, "deviceScaleFactor": 2, "mobile": true });
    ana.browser.devtools("Emulation.setDeviceMetricsOverride", small).await;
    ana.visit(&stage.page("plain", &ANA)).await;
    ana.browser.script("localStorage['handrail:seen:ana@acme.example'] = '0,-1'").await;
    for locale in ["en", "de", "fr", "es", "ja", "ar"] {
        let include = "await Handrail.destroy();
            const tag = document.querySelector('script[src*=\"handrail.js\"]');
            const script = document.createElement('script');
            script.src = tag.src;
            Object.assign(script.dataset, { tokenUrl: '/token', locale: arguments[0] });
            const ran = new Promise((resolve) => (script.onload = resolve));
            tag.replaceWith(script);
            await ran;
            await Handrail.open()";
        let included = ana.browser.ask(include, &[json!(locale)]).await;
        included.expect("the tag can be included again");
        let height = "return all('.hr-nav')[0]?.offsetHeight ?? null";
        let height: i64 = ana.answer("the navigation", height, &[], |_| true).await;
        let places = "const nav = all('.hr-nav')[0].getBoundingClientRect();
            if (all('.hr-nav__item').length < 4 || all('.hr-nav__news').length < 2) return null;
            return [nav.height, ...all('.hr-nav__item').flatMap((item) => {
                const { left, right, top, bottom } = item.getBoundingClientRect();
                const fits = left >= nav.left && right <= nav.right
                    && top >= nav.top && bottom <= nav.bottom
                    && item.scrollWidth <= item.clientWidth;
                return fits ? [] : [item.innerText];
            })]";
        let wanted = format!("all places in {locale}, and no jump");
        ana.answer(&wanted, places, &[], |found: &Value| *found == json!([height])).await;
    }
    ana.leave().await;
}
