//! What a draft does, as a person would notice it.

use super::{Change, Draft, Field, Problem, USUAL_LIMITS, Upload};
use api::{priority::Priority, request::Request};
use sla::Severity;

fn whole() -> Draft {
    Draft {
        key: "k".to_owned(),
        severity: Some(Severity::S1),
        subject: " Crawler stuck ".to_owned(),
        description: "Since this morning.\n".to_owned(),
        ccs: "ben@acme.example; eva@acme.example".to_owned(),
        ..Draft::default()
    }
}

#[test]
fn an_empty_draft_misses_everything_but_ccs() {
    assert_eq!(
        Draft::default().problems(&USUAL_LIMITS),
        [Field::Severity, Field::Subject, Field::Description].map(Problem::Missing)
    );
}

#[test]
fn a_whole_draft_has_no_problem_and_says_all_of_itself() {
    let draft = whole();
    assert!(draft.problems(&USUAL_LIMITS).is_empty());
    let body = serde_json::to_value(draft.to_request()).unwrap();
    assert_eq!(
        body,
        serde_json::json!({
            "subject": "Crawler stuck",
            "comment": {"body": "Since this morning.\n"},
            "priority": "high",
            "email_ccs": [
                {"user_email": "ben@acme.example", "action": "put"},
                {"user_email": "eva@acme.example", "action": "put"},
            ],
        })
    );
}

#[test]
fn limits_are_inclusive_and_count_what_the_server_counts() {
    let mut draft = whole();
    draft.subject = "ü".repeat(150);
    assert!(draft.problems(&USUAL_LIMITS).is_empty());
    draft.subject.push('ü');
    assert_eq!(draft.problems(&USUAL_LIMITS), [Problem::TooLong(Field::Subject, 150)]);
    let mut draft = whole();
    draft.description = "ü".repeat(32_769);
    assert_eq!(draft.problems(&USUAL_LIMITS), [Problem::TooLong(Field::Description, 65_536)]);
}

#[test]
fn a_wrong_address_is_named() {
    let draft = Draft { ccs: "ben@acme.example, eva".to_owned(), ..whole() };
    assert_eq!(draft.problems(&USUAL_LIMITS), [Problem::NotAnAddress("eva".to_owned())]);
    assert_eq!(Problem::NotAnAddress(String::new()).field(), Field::Ccs);
}

#[test]
fn what_was_changed_after_sending_is_known_field_by_field() {
    let sent = whole();
    assert!(sent.changes_since(&sent).is_empty());
    let spaced = Draft { ccs: "ben@acme.example,\neva@acme.example ".to_owned(), ..whole() };
    assert!(spaced.changes_since(&sent).is_empty());
    let changed = Draft {
        severity: Some(Severity::S0),
        subject: "Crawler dead".to_owned(),
        ccs: "ben@acme.example".to_owned(),
        description: "Now nothing moves.".to_owned(),
        ..whole()
    };
    assert_eq!(
        changed.changes_since(&sent),
        [
            Change::Severity(Severity::S0),
            Change::Subject("Crawler dead".to_owned()),
            Change::Ccs("ben@acme.example".to_owned()),
            Change::Description("Now nothing moves.".to_owned()),
        ]
    );
}

#[test]
fn what_was_kept_comes_back_with_its_key() {
    let fresh = || Draft { key: "fresh".to_owned(), ..Draft::default() };
    let mut draft = fresh();
    draft.take_over(whole(), false);
    assert_eq!(draft, whole());

    // What a host put in gives way to what a person typed before; where nothing was, it stays.
    let mut draft = Draft { subject: "Of the host".to_owned(), ..fresh() };
    draft.take_over(Draft { description: String::new(), ..whole() }, false);
    assert_eq!((draft.subject.as_str(), draft.description.as_str()), (" Crawler stuck ", ""));
    let mut draft = Draft { description: "Of the host".to_owned(), ..fresh() };
    draft.take_over(Draft { description: String::new(), ..whole() }, false);
    assert_eq!(draft, Draft { description: "Of the host".to_owned(), ..whole() });
}

#[test]
fn what_is_typed_before_the_kept_comes_stays() {
    let mut draft =
        Draft { severity: Some(Severity::S3), subject: "Typed now".to_owned(), ..Draft::default() };
    draft.take_over(whole(), true);
    let expected =
        Draft { severity: Some(Severity::S3), subject: "Typed now".to_owned(), ..whole() };
    assert_eq!(draft, expected);
}

#[test]
fn files_go_along_by_their_tokens_and_in_their_order() {
    let file = |token: &str| Upload { token: token.to_owned(), ..Upload::default() };
    let draft = Draft { files: vec![file("t2"), file("t1")], ..whole() };
    let comment = draft.to_request().comment.unwrap();
    assert_eq!(comment.uploads, ["t2", "t1"]);
    assert!(!Draft { files: vec![file("t")], ..Draft::default() }.is_empty());
}

#[test]
fn what_was_added_stands_behind_the_description_letter_by_letter() {
    let added = "Page: https://a.example/orders\nVersion: 7";
    let draft = Draft { context: added.to_owned(), ..whole() };
    let body = draft.to_request().comment.unwrap().body.unwrap();
    assert_eq!(body, ["Since this morning.\n\n", added].concat());
    assert_eq!(draft.changes_since(&whole()), [Change::Context(added.to_owned())]);
    assert!(whole().changes_since(&draft).is_empty());
    let stored = Request {
        subject: "Crawler stuck".to_owned(),
        description: body,
        priority: Some(Priority::High),
        ..Request::default()
    };
    assert!(draft.became(&stored) && !whole().became(&stored));
}

#[test]
fn a_stored_request_is_known_again_by_the_draft_it_was_made_of() {
    let stored = Request {
        subject: "Crawler stuck".to_owned(),
        description: "Since this morning.".to_owned(),
        priority: Some(Priority::High),
        ..Request::default()
    };
    assert!(whole().became(&stored));
    assert!(!Draft { subject: "Other".to_owned(), ..whole() }.became(&stored));
    assert!(!Draft { severity: Some(Severity::S0), ..whole() }.became(&stored));
}
