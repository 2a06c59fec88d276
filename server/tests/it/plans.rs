//! How SQLite goes about lists and searches: by an index, and lists without sorting.

use crate::app::App;
use api::request::Status;
use handrail_server::store::{
    OrganizationId, UserId,
    requests::{self, Filter, Order, SortBy, Whose},
    sqlite::{Sql, query, query_as},
    texts::{Part, Phrase, Scope, Words},
    window::{Key, Window},
};

const TIMES: [SortBy; 2] = [SortBy::Created, SortBy::Updated];
const FIRST: Window = Window::After { key: None, take: 26 };
const DEEP: Window = Window::After { key: Some(Key { at: 1_772_439_245, id: 1001 }), take: 26 };
const BACK: Window = Window::Before { key: Key { at: 1_772_439_245, id: 1001 }, take: 26 };
const NUMBER: Window = Window::Offset { skip: 9_900, take: 100 };

fn everybody() -> Vec<Whose> {
    let user = UserId(7);
    vec![Whose::Requester(user), Whose::Copied(user), Whose::Organization(OrganizationId(5))]
}

fn staff(whose: Whose) -> Filter {
    Filter { staff: true, ..Filter::of(whose) }
}

fn words(among: Vec<Scope>) -> Option<Words> {
    let phrase = |text: &str| Phrase { text: text.to_owned(), part: Part::Anywhere, prefix: false };
    Some(Words {
        // Staff search among all.
        private: among.is_empty(),
        among,
        wanted: vec![phrase("sync")],
        unwanted: vec![phrase("noise")],
    })
}

async fn plans(app: &App, filter: &Filter, order: Order, window: Window) -> [Vec<String>; 2] {
    let mut read = app.state.store.read().await.unwrap();
    requests::plans(&mut read, filter, order, window).await.unwrap()
}

/// Steps that walk a table of ours from end to end; what a subquery has found may be walked.
fn walks(plan: &[String]) -> Vec<&String> {
    const TABLES: [&str; 7] = ["r", "c", "x", "requests", "request_ccs", "comments", "users"];
    let table = |step: &&String| {
        step.strip_prefix("SCAN ")
            .is_some_and(|name| TABLES.iter().any(|it| name.split(' ').next() == Some(it)))
    };
    plan.iter().filter(table).collect()
}

/// A server whose database somebody has had analyzed, with some hundred requests in it.
async fn analyzed() -> App {
    let app = App::new().await;
    let mut tx = app.state.store.write().await.unwrap();
    let many = "WITH RECURSIVE n (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < 300) \
        INSERT INTO requests (subject, description, status, priority, requester_id, submitter_id, \
        plan, channel, first_reply_due_at, first_reply_seconds, first_reply_business_hours, \
        created_at, updated_at, public_updated_at) \
        SELECT 's', 'd', 'open', 'low', u.id, u.id, 'basic', 'api', 0, 0, FALSE, at, at, at \
        FROM n CROSS JOIN (SELECT MAX(id) AS id FROM users) u";
    query(many).execute(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let alone = rusqlite::Connection::open(app.path().join("test.db")).unwrap();
    alone.execute_batch("ANALYZE").unwrap();
    app.restart().await
}

#[tokio::test]
async fn every_list_walks_one_index_in_its_order() {
    every_list_walks_one_index(App::new().await).await;
}

#[tokio::test]
async fn lists_are_walked_alike_when_there_are_statistics() {
    every_list_walks_one_index(analyzed().await).await;
}

async fn every_list_walks_one_index(app: App) {
    let mut lists: Vec<Filter> = everybody().into_iter().map(Filter::of).collect();
    lists.push(staff(Whose::Assignee(UserId(7))));
    for plain in lists {
        for statuses in [vec![], vec![Status::Open, Status::Pending]] {
            let filter = Filter { statuses, ..plain.clone() };
            for by in TIMES {
                for window in [FIRST, DEEP, BACK, NUMBER] {
                    for descending in [true, false] {
                        let order = Order { by, descending };
                        let [list, count] = plans(&app, &filter, order, window).await;
                        assert!(walks(&list).is_empty(), "{filter:?} {order:?}: {list:?}");
                        assert!(
                            !list.iter().any(|step| step.contains("TEMP")),
                            "{filter:?} {order:?}: {list:?}"
                        );
                        let covered = |step: &String| step.contains("COVERING INDEX");
                        assert!(count.iter().any(covered), "{filter:?}: {count:?}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn all_tickets_are_walked_in_order_and_never_sorted() {
    let app = App::new().await;
    for by in [SortBy::Id, SortBy::Created, SortBy::Updated] {
        for window in [FIRST, DEEP, BACK, NUMBER] {
            let order = Order { by, descending: true };
            let [list, count] = plans(&app, &staff(Whose::Anybody), order, window).await;
            assert!(!list.iter().any(|step| step.contains("TEMP")), "{order:?}: {list:?}");
            let in_order = |step: &String| {
                step.contains("USING INDEX") || step.contains("PRIMARY KEY") || step == "SCAN r"
            };
            assert!(list.iter().any(in_order), "{order:?}: {list:?}");
            assert!(count.iter().any(|step| step.contains("COVERING INDEX")), "{count:?}");
        }
    }
}

#[tokio::test]
async fn every_search_is_served_by_an_index() {
    let app = App::new().await;
    let me = UserId(7);
    let visible = Whose::Visible { to: me, organizations: vec![OrganizationId(5)] };
    let mut searches = Vec::new();
    for whose in everybody().into_iter().chain([visible]) {
        searches.push(Filter::of(whose.clone()));
        searches.push(Filter { words: words(vec![Scope::Requester(me)]), ..Filter::of(whose) });
    }
    searches.push(Filter { words: words(vec![]), ..staff(Whose::Anybody) });
    searches.push(Filter { words: words(vec![]), ..staff(Whose::Assignee(me)) });
    for plain in searches {
        let narrowed = Filter {
            statuses: vec![Status::Open],
            created: Some(0..=1),
            updated: Some(0..=1),
            requester: Some(me),
            copied: Some(me),
            tags: vec!["x".to_owned()],
            ..plain.clone()
        };
        for filter in [plain, narrowed] {
            for by in [SortBy::Relevance, SortBy::Created, SortBy::Updated, SortBy::Priority] {
                let order = Order { by, descending: true };
                let [list, count] = plans(&app, &filter, order, NUMBER).await;
                assert!(walks(&list).is_empty(), "{filter:?} {order:?}: {list:?}");
                assert!(walks(&count).is_empty(), "{filter:?}: {count:?}");
                if filter.words.is_none() {
                    continue;
                }
                let mut read = app.state.store.read().await.unwrap();
                for found in requests::search_plans(&mut read, &filter, order).await.unwrap() {
                    assert!(walks(&found).is_empty(), "{filter:?} {order:?}: {found:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn agents_lists_of_somebodys_tickets_walk_one_index_in_its_order() {
    let app = App::new().await;
    for whose in everybody() {
        for window in [FIRST, DEEP, BACK, NUMBER] {
            let order = Order { by: SortBy::Created, descending: true };
            let [list, count] = plans(&app, &staff(whose.clone()), order, window).await;
            assert!(walks(&list).is_empty(), "{whose:?}: {list:?}");
            assert!(!list.iter().any(|step| step.contains("TEMP")), "{whose:?}: {list:?}");
            assert!(count.iter().any(|step| step.contains("COVERING INDEX")), "{count:?}");
        }
    }
}

#[tokio::test]
async fn another_systems_id_and_an_export_are_served_by_an_index() {
    let app = App::new().await;
    let known = Filter { external_id: Some("x".to_owned()), ..staff(Whose::Anybody) };
    let words = Filter { words: words(vec![]), ..staff(Whose::Anybody) };
    for (filter, by) in [(&known, SortBy::Created), (&known, SortBy::Id), (&words, SortBy::Id)] {
        for window in [FIRST, DEEP, BACK] {
            let order = Order { by, descending: true };
            let [list, count] = plans(&app, filter, order, window).await;
            assert!(walks(&list).is_empty(), "{filter:?} {by:?}: {list:?}");
            assert!(walks(&count).is_empty(), "{filter:?}: {count:?}");
        }
    }
}

#[tokio::test]
async fn work_that_waits_and_what_belongs_to_tickets_is_found_by_an_index() {
    let app = App::new().await;
    let mut read = app.state.store.read().await.unwrap();
    for sql in [
        "SELECT id FROM requests WHERE status = 'solved' AND solved_at <= 1 ORDER BY solved_at LIMIT 9",
        "SELECT followup_source_id, id FROM requests WHERE followup_source_id IN (SELECT value FROM json_each('[1, 2]')) \
            ORDER BY followup_source_id, id LIMIT 1000",
        "SELECT * FROM requests WHERE external_id IN (SELECT value FROM json_each('[\"a\"]')) \
            ORDER BY external_id, id LIMIT 9",
        "SELECT * FROM events WHERE request_id = 1 AND id > 5 ORDER BY id LIMIT 9 OFFSET 0",
        "SELECT * FROM comments WHERE request_id = 1 AND created_at >= 1 AND created_at <= 2 \
            ORDER BY created_at, id",
        "SELECT * FROM comments WHERE request_id = 1 AND public ORDER BY created_at, id LIMIT 1",
        "SELECT * FROM job_statuses WHERE status IN ('queued', 'working') ORDER BY created_at LIMIT 1",
        "SELECT COUNT(*) FROM job_statuses WHERE status IN ('queued', 'working')",
    ] {
        let plan: Vec<(i64, i64, i64, String)> =
            query_as(Sql::made(format!("EXPLAIN QUERY PLAN {sql}")))
                .fetch_all(&mut read)
                .await
                .unwrap();
        const GIVEN: [&str; 3] = ["LIST SUBQUERY", "SCAN json_each", "CREATE BLOOM FILTER"];
        let good = |step: &str| {
            step.contains("USING") || GIVEN.iter().any(|given| step.starts_with(given))
        };
        assert!(plan.iter().all(|(.., step)| good(step)), "{sql}: {plan:?}");
    }
}
