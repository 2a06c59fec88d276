//! Paging, contract.md 10 and 14.3 (b): every row once, links that keep what was asked.

use crate::app::{App, BASE, follow, ids};
use serde_json::{Value, json};

async fn with_seven(app: &App) -> Vec<i64> {
    let mut made = Vec::new();
    for n in 0..7 {
        made.push(app.ana().create(&format!("Number {n}"), json!({})).await);
        // Some share a second, so that the id has to break the tie.
        app.advance(n % 2);
    }
    made
}

#[tokio::test]
async fn pages_by_number_tell_how_many_there_are_and_keep_the_query() {
    let app = App::new().await;
    let made = with_seven(&app).await;
    let mut path =
        "/api/v2/requests.json?per_page=3&sort_order=desc&status=new&include=users".to_owned();
    let mut seen = Vec::new();
    let mut pages = Vec::new();
    loop {
        let page = app.ana().get(&path).await.is(200);
        assert_eq!(page["count"], 7);
        assert!(page.get("meta").is_none() && page.get("links").is_none());
        seen.extend(ids(&page["requests"]));
        pages.push(page["previous_page"].clone());
        if page["next_page"].is_null() {
            break;
        }
        path = follow(&page["next_page"]);
    }
    assert_eq!(
        path,
        "/api/v2/requests.json?per_page=3&sort_order=desc&status=new&include=users&page=3"
    );
    assert_eq!(pages[0], Value::Null);
    assert_eq!(ids(&app.ana().get(&follow(&pages[2])).await.is(200)["requests"]), seen[3..6]);
    assert_eq!(seen, made.into_iter().rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn pages_by_cursor_go_there_and_back() {
    let app = App::new().await;
    let made = with_seven(&app).await;
    for order in ["asc", "desc"] {
        let mut path =
            format!("/api/v2/requests?page%5Bsize%5D=3&sort_by=updated_at&sort_order={order}");
        let mut seen = Vec::new();
        let mut last;
        loop {
            let page = app.ana().get(&path).await.is(200);
            assert!(page.get("count").is_none() && page.get("next_page").is_none());
            seen.extend(ids(&page["requests"]));
            assert_eq!(page["meta"]["has_more"], json!(!page["links"]["next"].is_null()));
            last = page["links"]["prev"].clone();
            if page["links"]["next"].is_null() {
                break;
            }
            let next = page["links"]["next"].as_str().unwrap();
            assert!(next.starts_with(&format!("{BASE}/api/v2/requests?page%5Bsize%5D=3&")));
            assert!(next.contains("sort_by=updated_at") && next.contains("page%5Bafter%5D="));
            path = follow(&page["links"]["next"]);
        }
        let mut expected = made.clone();
        if order == "desc" {
            expected.reverse();
        }
        assert_eq!(seen, expected, "{order}");
        let mut back = vec![];
        while !last.is_null() {
            let page = app.ana().get(&follow(&last)).await.is(200);
            back.splice(0..0, ids(&page["requests"]));
            last = page["links"]["prev"].clone();
        }
        assert_eq!(back, expected[..6], "{order}");
    }
}

#[tokio::test]
async fn a_cursor_neither_repeats_nor_loses_rows_when_the_list_grows() {
    let app = App::new().await;
    let made = with_seven(&app).await;
    let first = app.ana().get("/api/v2/requests?page[size]=3&sort_order=desc").await.is(200);
    app.advance(5);
    app.ana().create("Later", json!({})).await;
    let second = app.ana().get(&follow(&first["links"]["next"])).await.is(200);
    let mut seen = ids(&first["requests"]);
    seen.extend(ids(&second["requests"]));
    assert_eq!(seen, made.into_iter().rev().take(6).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_page_holds_a_hundred_at_most_and_the_hundredth_is_the_last() {
    let app = App::new().await;
    for n in 0..101 {
        app.ana().create(&format!("Number {n}"), json!({})).await;
    }
    for query in ["", "?per_page=1000", "?per_page=0", "?page[size]=1000"] {
        let page = app.ana().get(&format!("/api/v2/requests{query}")).await.is(200);
        assert_eq!(page["requests"].as_array().unwrap().len(), 100, "{query}");
    }
    let last = app.ana().get("/api/v2/requests?per_page=1&page=100").await.is(200);
    assert_eq!(last["next_page"], Value::Null);
    let beyond = app.ana().get("/api/v2/requests?per_page=1&page=101").await;
    assert_eq!(beyond.is(400)["error"], "InvalidPaginationDepth");
}
