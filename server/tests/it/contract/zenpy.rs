//! contract.md 14.1: what zenpy 2.0.57 needs from the server, row by row. That zenpy itself gets it
//! is shown by its days, which `tests/zenpy.rs` of the root package runs.

use super::{id_of, many_requests};
use crate::app::{App, follow, ids};
use serde_json::json;

// Row 1, variables redirect it to any host, also http: `tests/zenpy.rs` runs it so.

/// Row 2: by offset unless `page[size]` is sent, and `requests` is there even if empty.
#[tokio::test]
async fn row_02_request_lists_go_by_offset_or_cursor_and_keep_their_key() {
    let app = App::new().await;
    for list in ["", "/open", "/solved", "/ccd"] {
        let path = format!("/api/v2/requests{list}.json");
        let by_offset = app.ana().get(&path).await.is(200);
        assert_eq!(
            by_offset,
            json!({"requests": [], "count": 0, "next_page": null, "previous_page": null})
        );
        let by_cursor = app.ana().get(&format!("{path}?page%5Bsize%5D=100")).await.is(200);
        assert_eq!(by_cursor["requests"], json!([]));
        assert_eq!(by_cursor["meta"]["has_more"], false);
        assert!(by_cursor.get("count").is_none());
    }
    let made = many_requests(&app).await;
    for (person, list, expected) in [
        (app.ana(), "", &made[..]),
        (app.ana(), "/open", &made[3..6]),
        (app.ana(), "/solved", &made[12..15]),
        (app.ben(), "/ccd", &made),
    ] {
        for (size, next) in [("per_page", "/next_page"), ("page%5Bsize%5D", "/links/next")] {
            let mut path = format!("/api/v2/requests{list}.json?{size}=2");
            let mut seen = Vec::new();
            loop {
                let page = person.get(&path).await.is(200);
                seen.extend(ids(&page["requests"]));
                let Some(next) = page.pointer(next).filter(|next| !next.is_null()) else { break };
                path = follow(next);
            }
            assert_eq!(seen, expected, "{list} by {size}");
        }
    }
}

/// Row 3: a search takes `status` and `include` beside its query.
#[tokio::test]
async fn row_03_a_search_takes_status_and_include_beside_its_query() {
    let app = App::new().await;
    let made = many_requests(&app).await;
    let path = "/api/v2/requests/search.json?query=number&status=pending%2Chold&include=users";
    let found = app.ana().get(path).await.is(200);
    let mut hits = ids(&found["requests"]);
    hits.sort_unstable();
    assert_eq!(hits, made[6..12]);
    assert!(ids(&found["users"]).contains(&id_of(&app.ana()).await));
}

/// Row 4: a person's and an organization's requests, in cursor style.
#[tokio::test]
async fn row_04_lists_of_a_person_and_an_organization_take_page_size() {
    let app = App::new().await;
    let made = many_requests(&app).await;
    let shown = app.ana().get(&format!("/api/v2/requests/{}", made[0])).await.is(200);
    let (ana, acme) = (&shown["request"]["requester_id"], &shown["request"]["organization_id"]);
    for path in [format!("users/{ana}"), format!("organizations/{acme}")] {
        let path = format!("/api/v2/{path}/requests.json?page%5Bsize%5D=100");
        let page = app.agent().get(&path).await.is(200);
        assert_eq!(ids(&page["requests"]), made);
        assert_eq!(page["meta"]["has_more"], false);
        assert!(page["links"]["next"].is_null());
    }
}

/// Row 5: an update carries the `id` beside what changed.
#[tokio::test]
async fn row_05_the_id_in_the_body_of_an_update_is_ignored() {
    let app = App::new().await;
    let (mine, other) =
        (app.ana().create("Mine", json!({})).await, app.ana().create("Other", json!({})).await);
    let change = json!({"request": {"id": other, "comment": {"body": "More"}}});
    let done = app.ana().put(&format!("/api/v2/requests/{mine}.json"), change).await.is(200);
    assert_eq!(done["request"]["id"], mine);
    for (id, count) in [(mine, 2), (other, 1)] {
        let said = app.ana().get(&format!("/api/v2/requests/{id}/comments.json")).await.is(200);
        assert_eq!(said["count"], count);
    }
    let change = json!({"request": {"id": mine, "solved": true}});
    let done = app.ana().put(&format!("/api/v2/requests/{mine}.json"), change).await.is(200);
    assert_eq!(done["request"]["status"], "new", "nobody works on it, and no error either");
}

/// Row 6: comments of a request by `next_page`, with `users` beside them.
#[tokio::test]
async fn row_06_request_comments_page_by_next_page() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    for n in 0..4 {
        let change = json!({"request": {"comment": {"body": format!("Number {n}")}}});
        app.ana().put(&format!("/api/v2/requests/{id}.json"), change).await.is(200);
    }
    let mut path = format!("/api/v2/requests/{id}/comments.json?per_page=2");
    let mut seen = Vec::new();
    loop {
        let page = app.ana().get(&path).await.is(200);
        assert!(page["users"].is_array());
        seen.extend(ids(&page["comments"]));
        if page["next_page"].is_null() {
            break;
        }
        path = follow(&page["next_page"]);
        assert!(path.starts_with(&format!("/api/v2/requests/{id}/comments.json?")));
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.is_sorted());
}

// Row 7, no `users` beside a ticket's comments: `checks.rs`, k.

/// Row 9: an update answers with the ticket and its audit.
#[tokio::test]
async fn row_09_a_ticket_update_answers_with_ticket_and_audit() {
    let app = App::new().await;
    let id = app.ana().create("One", json!({})).await;
    let change = json!({"ticket": {"id": id, "comment": {"body": "Here", "public": true}}});
    let done = app.agent().put(&format!("/api/v2/tickets/{id}.json"), change).await.is(200);
    assert_eq!(done["ticket"]["id"], id);
    assert_eq!(done["audit"]["ticket_id"], id);
    assert!(done["audit"]["events"][0]["type"].is_string());
}

/// Row 11: errors that it knows by name, and all of them objects (`everywhere.rs`, d).
#[tokio::test]
async fn row_11_the_errors_that_it_knows_by_name() {
    let app = App::new().await;
    let missing = app.ana().get("/api/v2/requests/999999.json").await.is(404);
    assert_eq!(missing, json!({"error": "RecordNotFound", "description": "Not found"}));
    let deep = app.ana().get("/api/v2/requests/search.json?query=*&page=11&per_page=100").await;
    let deep = deep.is(422);
    assert_eq!(deep["error"], "invalid");
    assert!(deep["description"].as_str().unwrap().contains("at most 1000 results"), "{deep}");
}

// Row 12, `Retry-After` an integer and never on success: `everywhere.rs`, c.

/// Row 13: what is left of the limit is told.
#[tokio::test]
async fn row_13_what_is_left_of_the_limit_is_told() {
    let app = App::new().await;
    let left = async || {
        let answer = app.ana().get("/api/v2/requests.json").await;
        answer.header("x-rate-limit-remaining").unwrap().parse::<u32>().unwrap()
    };
    let first = left().await;
    assert_eq!(left().await, first - 1);
}

/// Row 14: no lone `count` on a list.
#[tokio::test]
async fn row_14_a_count_never_stands_alone() {
    let app = App::new().await;
    for path in ["", "/open", "/solved", "/ccd", "/search"] {
        for query in ["", "?query=nothing", "?page=50", "?per_page=1"] {
            let answer =
                app.ana().get(&format!("/api/v2/requests{path}.json{query}")).await.is(200);
            assert!(answer.as_object().unwrap().len() > 1, "{path}{query}");
            assert!(answer["requests"].is_array(), "{path}{query}");
        }
    }
}

/// Row 14: dates in queries as plain days and as times, blanks as `%20`, `filter[type]` ignored.
#[tokio::test]
async fn row_14_a_search_takes_both_forms_of_dates() {
    let app = App::new().await;
    let id = app.ana().create("Crawler stuck", json!({})).await;
    for (query, found) in [
        ("crawler%20created%3E2026-03-01", 1),
        ("crawler%20created%3E2026-03-02", 0),
        ("crawler%20created%3E%3D2026-03-02", 1),
        ("crawler%20created%3E2026-03-02T08%3A00%3A00Z", 1),
        ("crawler%20created%3E2026-03-02T09%3A00%3A00Z", 0),
        ("crawler%20created%3A2026-03-02&filter%5Btype%5D=ticket", 1),
    ] {
        let answer = app.ana().get(&format!("/api/v2/requests/search.json?query={query}")).await;
        assert_eq!(ids(&answer.is(200)["requests"]), vec![id; found], "{query}");
    }
}
