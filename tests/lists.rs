//! The lists: long ones, narrowed ones, and what becomes of a list while somebody looks at it.

use crate::support::{
    agent::{Agent, Record},
    engine::{Engine, in_every_engine},
    many::fill,
    people::ANA,
    person::Person,
    stage::Stage,
};
use serde_json::{Value, json};

in_every_engine! {
    ten_thousand_requests_are_scrolled_through_and_few_are_drawn,
    a_list_is_filtered_sorted_and_searched_and_comes_back_as_it_was_left,
    changes_by_an_agent_appear_where_the_request_stands_and_new_ones_wait_above,
    the_way_to_more_rows_hands_the_focus_to_the_first_of_them,
}

/// Somebody before the first list, which has come.
async fn at_my_requests(stage: &Stage) -> Person {
    let ana = stage.person(&ANA).await;
    ana.open_support().await;
    ana.go_to("My requests").await;
    ana.finds(".hr-row__button").await;
    ana
}

async fn scroll_to(person: &Person, top: i64) {
    let body = "all('.hr-view')[0].scrollTop = arguments[0]; return true";
    person.browser.ask(body, &[json!(top)]).await.expect("the list scrolls");
}

async fn scrolled(person: &Person) -> i64 {
    let place = person.browser.script("return all('.hr-view')[0].scrollTop").await;
    place.as_f64().expect("a number") as i64
}

/// Picks an entry of one of the choices above a list, as a person does by the keyboard.
async fn pick(person: &Person, label: &str, option: &str) {
    let body = "const select = all('.hr-select').find((one) =>
            read(one.querySelector('.hr-select__label')) === arguments[0])?.querySelector('select');
        if (!select) return null;
        select.selectedIndex = [...select.options].findIndex((one) => one.text === arguments[1]);
        select.dispatchEvent(new Event('change'));
        return select.selectedIndex";
    let arguments = [json!(label), json!(option)];
    person.answer(&format!("{option} of {label}"), body, &arguments, |at: &i64| *at >= 0).await;
}

async fn subjects(person: &Person, wanted: &[&str]) {
    let body = "return all('.hr-requests[aria-busy]').length ? null
        : all('.hr-row__subject').filter(shown).map(read)";
    person.answer(&format!("{wanted:?}"), body, &[], |seen: &Vec<String>| *seen == wanted).await;
}

async fn ten_thousand_requests_are_scrolled_through_and_few_are_drawn(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    fill(&stage.server, &ANA, 10_000).await;
    let ana = at_my_requests(&stage).await;
    // Each answer adds a page; whoever pulls the bar to the end comes on from there.
    let body = "const view = all('.hr-view')[0];
        view.scrollTop = view.scrollHeight;
        const last = all('.hr-long__row').at(-1);
        return [all('.hr-long__row').length, Number(last.ariaPosInSet), Number(last.ariaSetSize)]";
    let (drawn, _, size) = ana
        .answer("the thousandth row", body, &[], |(_, place, _): &(i64, i64, i64)| *place >= 1_000)
        .await;
    assert!(drawn < 60, "{drawn} rows are drawn");
    assert_eq!(size, -1, "nobody knows yet how many there are");

    scroll_to(&ana, 0).await;
    ana.reads(".hr-row__subject", "to be the first again", |text| text == "Request number 0").await;
    let first =
        "const one = all('.hr-long__row')[0]; return [one.ariaPosInSet, one.role ?? 'none']";
    ana.answer("the first row", first, &[], |row: &(String, String)| row.0 == "1").await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_row_with_the_focus_stays_however_far_one_scrolls() {
    let stage = Stage::set().await;
    fill(&stage.server, &ANA, 200).await;
    let ana = at_my_requests(&stage).await;
    ana.browser.script("all('.hr-row__button')[2].focus(); return true").await;
    scroll_to(&ana, 4_000).await;
    let body = "const focused = root.activeElement;
        const view = all('.hr-view')[0].getBoundingClientRect();
        const seen = all('.hr-long__row').some((row) => {
            const box = row.getBoundingClientRect();
            return box.top <= view.top && box.bottom >= view.top });
        return [focused?.closest('li')?.ariaPosInSet ?? 'none', seen]";
    let wanted = "the focus on the third row, and rows where one is";
    ana.answer(wanted, body, &[], |seen: &(String, bool)| *seen == ("3".to_owned(), true)).await;

    ana.browser.keys(thirtyfour::Key::Down + "").await;
    let place = "return root.activeElement?.closest('li')?.ariaPosInSet ?? 'none'";
    ana.answer("the focus on the fourth row", place, &[], |at: &String| at == "4").await;
    ana.has_in_sight("li:focus-within", ".hr-view").await;
    ana.leave().await;
}

async fn a_list_is_filtered_sorted_and_searched_and_comes_back_as_it_was_left(engine: Engine) {
    let stage = Stage::set_in(engine).await;
    let record = Record::of(&ANA, &stage.server).await;
    let agent = Agent::hire(&stage.server).await;
    let crawler = record.create("Crawler stuck", &[]).await;
    record.create("Export fails", &[]).await;
    let waiting = record.create("Crawler slow", &[]).await;
    agent.reply(waiting, "Which one?", json!({ "status": "pending" })).await;
    let solved = record.create("Crawler too fast", &[]).await;
    agent
        .reply(
            solved,
            "Slowed down.",
            json!({ "status": "solved", "assignee_email": "mia@support.example" }),
        )
        .await;

    let ana = at_my_requests(&stage).await;
    pick(&ana, "Order", "Oldest first").await;
    subjects(&ana, &["Crawler stuck", "Export fails", "Crawler slow", "Crawler too fast"]).await;
    pick(&ana, "Status", "Waiting for you").await;
    subjects(&ana, &["Crawler slow"]).await;
    pick(&ana, "Status", "Solved and closed").await;
    subjects(&ana, &["Crawler too fast"]).await;
    pick(&ana, "Status", "Not solved").await;
    subjects(&ana, &["Crawler stuck", "Export fails", "Crawler slow"]).await;
    ana.browser
        .on_element("the search", "return all('.hr-search__field')[0]", &[], async |field| {
            field.send_keys("crawler").await
        })
        .await;
    subjects(&ana, &["Crawler stuck", "Crawler slow"]).await;

    ana.open_request(crawler).await;
    ana.press("Back").await;
    subjects(&ana, &["Crawler stuck", "Crawler slow"]).await;
    let left = "return [all('.hr-search__field')[0].value,
        ...all('.hr-select__control').map((one) => one.selectedOptions[0].text)]";
    let left: Value = ana.browser.script(left).await;
    assert_eq!(left, json!(["crawler", "Not solved", "Oldest first"]));

    ana.press("Clear search").await;
    subjects(&ana, &["Crawler stuck", "Export fails", "Crawler slow"]).await;
    ana.browser
        .on_element("the search", "return all('.hr-search__field')[0]", &[], async |field| {
            field.send_keys("nothing like that").await
        })
        .await;
    ana.sees("Nothing matches.").await;
    ana.press("Show all").await;
    subjects(&ana, &["Crawler stuck", "Export fails", "Crawler slow", "Crawler too fast"]).await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_an_earlier_search_never_replaces_a_later_one() {
    let (stage, line) = Stage::set_over_a_line().await;
    let record = Record::of(&ANA, &stage.server).await;
    for subject in ["Alpha", "Beta"] {
        record.create(subject, &[]).await;
    }
    let ana = at_my_requests(&stage).await;
    line.hold_answers_to("query=alpha");
    let search = async |text: &str| {
        let body = "return all('.hr-search__field')[0]";
        ana.browser
            .on_element("the search", body, &[], async |field| {
                field.clear().await?;
                field.send_keys(text).await
            })
            .await;
    };
    search("alpha").await;
    ana.finds(".hr-requests[aria-busy]").await;
    search("beta").await;
    subjects(&ana, &["Beta"]).await;
    line.mend();
    // Whatever comes after the held answer proves that it was heard.
    ana.press("Clear search").await;
    subjects(&ana, &["Beta", "Alpha"]).await;
    ana.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_place_on_a_long_list_survives_going_into_a_request_and_back() {
    let stage = Stage::set().await;
    fill(&stage.server, &ANA, 300).await;
    let ana = at_my_requests(&stage).await;
    scroll_to(&ana, 3_000).await;
    let subject = "const view = all('.hr-view')[0].getBoundingClientRect();
        const row = all('.hr-row__button').find((one) => one.getBoundingClientRect().top > view.top + 50);
        return [read(row.querySelector('.hr-row__subject')), read(row.querySelector('.hr-row__number'))]";
    let (seen, number): (String, String) = ana
        .answer("a row in the middle", subject, &[], |row: &(String, _)| {
            row.0 != "Request number 0"
        })
        .await;
    let place = scrolled(&ana).await;
    ana.open_request(number.trim_start_matches('#').parse().expect("a number")).await;
    ana.press("Back").await;
    ana.answer("the same row", subject, &[], |row: &(String, String)| row.0 == seen).await;
    assert_eq!(scrolled(&ana).await, place);
    ana.leave().await;
}

async fn changes_by_an_agent_appear_where_the_request_stands_and_new_ones_wait_above(
    engine: Engine,
) {
    let stage = Stage::set_in(engine).await;
    fill(&stage.server, &ANA, 120).await;
    let record = Record::of(&ANA, &stage.server).await;
    let agent = Agent::hire(&stage.server).await;
    let ana = at_my_requests(&stage).await;
    scroll_to(&ana, 1_500).await;
    let row = "const view = all('.hr-view')[0].getBoundingClientRect();
        const row = all('.hr-row__button').find((one) => one.getBoundingClientRect().top > view.top + 50
            && read(one).includes('Waiting for you'));
        return row && [read(row.querySelector('.hr-row__number')), row.getBoundingClientRect().top]";
    let (number, top): (String, f64) = ana.answer("a row that waits", row, &[], |_| true).await;
    let id = number.trim_start_matches('#').parse().expect("a number");

    agent.reply(id, "We know more.", json!({ "status": "open" })).await;
    let changed = "const row = all('.hr-row__button').find((one) =>
            read(one.querySelector('.hr-row__number')) === arguments[0]);
        return [read(row), row.getBoundingClientRect().top]";
    ana.answer("the row open, in its place", changed, &[json!(number)], |seen: &(String, f64)| {
        seen.0.contains("Open") && seen.0.contains("New activity") && seen.1 == top
    })
    .await;

    record.create("Just came in", &[]).await;
    ana.reads(".hr-list__new", "to count", |text| text == "1 new").await;
    assert_eq!(scrolled(&ana).await, 1_500, "the place is kept");
    ana.press("1 new").await;
    ana.reads("li:focus-within .hr-row__subject", "to be new", |text| text == "Just came in").await;
    assert_eq!(scrolled(&ana).await, 0);

    record.create("And one more", &[]).await;
    ana.reads(".hr-row__subject", "to come in above", |text| text == "And one more").await;
    ana.loses(".hr-list__new").await;
    ana.leave().await;
}

async fn the_way_to_more_rows_hands_the_focus_to_the_first_of_them(engine: Engine) {
    let mut stage = Stage::set_in(engine).await;
    fill(&stage.server, &ANA, 120).await;
    let ana = at_my_requests(&stage).await;
    stage.server.kill().await;
    let end = "const view = all('.hr-view')[0];
        view.scrollTop = view.scrollHeight;
        const again = all('.hr-list__more .hr-alert button')[0];
        again?.focus();
        return Boolean(again) && again === root.activeElement";
    ana.answer("a page that is lost, and the way on", end, &[], |there: &bool| *there).await;
    stage.server.restart().await;
    ana.browser.keys(thirtyfour::Key::Enter + "").await;
    let place = "return root.activeElement?.closest('li')?.ariaPosInSet ?? 'none'";
    ana.answer("the focus on the first new row", place, &[], |at: &String| at == "51").await;
    ana.has_in_sight(".hr-row__button:focus", ".hr-view").await;
    ana.leave_after(&["net::ERR_"]).await;
}
