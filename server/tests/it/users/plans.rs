//! Every list and search of people and organizations walks an index.

use crate::app::App;
use handrail_server::store::{
    OrganizationId, organizations,
    users::{self, Filter, Part, Role, Word},
    window::{Key, Window},
};

const WINDOWS: [Window; 3] = [
    Window::Offset { skip: 0, take: 100 },
    Window::After { key: Some(Key { at: 7, id: 7 }), take: 101 },
    Window::Before { key: Key { at: 7, id: 7 }, take: 101 },
];

/// A plan that is good: the list in its order without sorting, nothing walked but by an index or by
/// the ids themselves.
fn walks(plans: [Vec<String>; 2], index: &str, what: &str) {
    let [list, count] = plans;
    for step in list.iter().chain(&count) {
        assert!(!step.contains("TEMP B-TREE"), "{what}: {step}");
    }
    for plan in [&list, &count] {
        assert!(plan.iter().any(|step| step.contains(index)), "{what}: {plan:#?}");
    }
}

#[tokio::test]
async fn lists_of_people_walk_an_index() {
    let app = App::new().await;
    let mut read = app.state.store.read().await.unwrap();
    let word = |part| Word { text: "ana".to_owned(), part };
    let all = Filter::default();
    for (what, filter, index) in [
        ("staff", Filter { roles: vec![Role::Agent], ..all.clone() }, "users_of_staff"),
        (
            "staff of both kinds",
            Filter { roles: vec![Role::Agent, Role::Admin], ..all.clone() },
            "users_of_staff",
        ),
        (
            "members",
            Filter { organization: Some(OrganizationId(1)), ..all.clone() },
            "organization_memberships_by_organization",
        ),
        ("an address", Filter { email: Some("a@b.c".to_owned()), ..all.clone() }, "(email=?)"),
        (
            "an id of the host's",
            Filter { external_id: Some("a".to_owned()), ..all.clone() },
            "(external_id=?)",
        ),
        (
            "words",
            Filter { words: vec![word(Part::Anywhere), word(Part::Name)], ..all.clone() },
            "user_texts VIRTUAL TABLE INDEX",
        ),
        (
            "words among members",
            Filter {
                words: vec![word(Part::Email)],
                organization: Some(OrganizationId(1)),
                ..all.clone()
            },
            "user_texts VIRTUAL TABLE INDEX",
        ),
    ] {
        for window in WINDOWS {
            let plans = users::plans(&mut read, &filter, window).await.unwrap();
            walks(plans, index, what);
        }
    }
    for window in WINDOWS {
        let [list, count] = users::plans(&mut read, &all, window).await.unwrap();
        let text = format!("{list:?} {count:?}");
        assert!(!text.contains("B-TREE"), "{text}");
        assert!(count[0].contains("COVERING INDEX users_active") || count.len() > 1, "{count:?}");
    }
}

#[tokio::test]
async fn lists_of_organizations_walk_an_index() {
    let app = App::new().await;
    let mut read = app.state.store.read().await.unwrap();
    let all = organizations::Filter::default();
    for (what, filter, index) in [
        (
            "words",
            organizations::Filter { words: vec!["a".to_owned()], ..all.clone() },
            "organization_texts VIRTUAL TABLE INDEX",
        ),
        (
            "a name",
            organizations::Filter { name: Some("Acme".to_owned()), ..all.clone() },
            "organizations_by_name",
        ),
        (
            "an id of the host's",
            organizations::Filter { external_id: Some("a".to_owned()), ..all.clone() },
            "(external_id=?)",
        ),
    ] {
        for window in WINDOWS {
            let plans = organizations::plans(&mut read, &filter, window).await.unwrap();
            walks(plans, index, what);
        }
    }
    for window in WINDOWS {
        let [list, _] = organizations::plans(&mut read, &all, window).await.unwrap();
        assert!(!format!("{list:?}").contains("B-TREE"), "{list:?}");
    }
}
