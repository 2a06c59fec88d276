//! The form on a phone: letters that no browser zooms into, and a panel that ends where the keyboard
//! begins. No driver can open a phone's keyboard, so the window is told of one.

use crate::support::{browser::Screen, people::ANA, person::Person, stage::Stage};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn the_panel_keeps_to_what_the_keyboard_leaves_with_the_field_in_sight() {
    let stage = Stage::set().await;
    let ana = Person::sit_down(Screen::Phone).await;
    ana.visit(&stage.page("plain", &ANA)).await;
    ana.open_support().await;
    ana.sees("Reply within").await;
    let keyboard = "for (const [name, value] of [['height', 420], ['offsetTop', 30]])
            Object.defineProperty(visualViewport, name, { value, configurable: true });
        root.getElementById('hr-description').focus();
        visualViewport.dispatchEvent(new Event('resize'))";
    ana.browser.script(keyboard).await;
    let panel = "const { top, height } = all('.hr-panel')[0].getBoundingClientRect();
        return [top, height]";
    let expected = json!([30, 420]);
    ana.answer("the panel above it", panel, &[], |found: &Value| *found == expected).await;
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
