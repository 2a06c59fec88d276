//! What the driver promises to those who write statements: values come back as they went in, and
//! a failure leaves nothing half done.

use super::*;

fn conn() -> Conn {
    let mut conn = Conn::open(Path::new(""), "PRAGMA foreign_keys = ON;", Duration::ZERO).unwrap();
    conn.run_all(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT UNIQUE, flag BOOLEAN); \
         CREATE TABLE b (a_id INTEGER NOT NULL REFERENCES a (id)); \
         INSERT INTO a VALUES (1, 'one', TRUE), (2, 'two', FALSE), (3, NULL, NULL);",
    )
    .unwrap();
    conn
}

#[derive(Debug, PartialEq)]
struct Named {
    id: i64,
    name: Option<String>,
    flag: Option<bool>,
}

impl FromRow for Named {
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
        // Not in the order of the columns.
        let flag = from.try_get("flag")?;
        Ok(Self { id: from.try_get("id")?, name: from.try_get("name")?, flag })
    }
}

#[tokio::test]
async fn rows_come_back_as_they_are_read() {
    let mut conn = conn();
    let all: Vec<Named> =
        query_as("SELECT * FROM a ORDER BY id").fetch_all(&mut conn).await.unwrap();
    let two = Named { id: 2, name: Some("two".to_owned()), flag: Some(false) };
    assert_eq!(all.get(1), Some(&two));
    assert_eq!(all.get(2), Some(&Named { id: 3, name: None, flag: None }));
    let none = query_as::<Named>("SELECT * FROM a WHERE id = 9").fetch_optional(&mut conn).await;
    assert_eq!(none.unwrap(), None);
    let none = query_as::<Named>("SELECT * FROM a WHERE id = 9").fetch_one(&mut conn).await;
    assert!(matches!(none, Err(SqlError::RowNotFound)));
}

#[tokio::test]
async fn parameters_are_bound_by_their_number_and_not_by_their_place() {
    let mut conn = conn();
    let sql = "SELECT $2 || $1 || $2, $3";
    let row: (String, Option<i64>) =
        query_as(sql).bind("a").bind("b").bind(None::<i64>).fetch_one(&mut conn).await.unwrap();
    assert_eq!(row, ("bab".to_owned(), None));
    let short = query(sql).bind("a").execute(&mut conn).await;
    assert!(matches!(short, Err(SqlError::Unbound(2))), "{short:?}");
}

#[tokio::test]
async fn built_statements_bind_in_the_order_in_which_they_are_built() {
    let mut conn = conn();
    let mut sql = Builder::new("SELECT id FROM a WHERE name = ");
    sql.push_bind("it's ? $1".to_owned()).push(" OR id > ").push_bind(2);
    let ids: Vec<i64> = sql.build_query_scalar().fetch_all(&mut conn).await.unwrap();
    assert_eq!(ids, [3]);
}

#[tokio::test]
async fn what_a_statement_changed_is_counted() {
    let mut conn = conn();
    let update = query("UPDATE a SET flag = TRUE WHERE id > $1").bind(1);
    assert_eq!(update.execute(&mut conn).await.unwrap().rows_affected(), 2);
    let update = query("UPDATE a SET flag = TRUE WHERE id > $1").bind(9);
    assert_eq!(update.execute(&mut conn).await.unwrap().rows_affected(), 0);
}

#[tokio::test]
async fn a_foreign_key_that_names_nothing_is_refused_also_where_the_first_row_is_enough() {
    let mut conn = conn();
    let insert = "INSERT INTO b VALUES ($1) RETURNING a_id";
    let id: i64 = query_scalar(insert).bind(1).fetch_one(&mut conn).await.unwrap();
    assert_eq!(id, 1);
    let refused: Result<i64, _> = query_scalar(insert).bind(9).fetch_one(&mut conn).await;
    assert!(matches!(refused, Err(SqlError::Sqlite(_))), "{refused:?}");
    let all: Vec<i64> = query_scalar("SELECT a_id FROM b").fetch_all(&mut conn).await.unwrap();
    assert_eq!(all, [1]);
}

#[tokio::test]
async fn a_value_of_another_kind_names_its_column() {
    let mut conn = conn();
    let wrong: Result<Vec<i64>, _> =
        query_scalar("SELECT name FROM a ORDER BY id").fetch_all(&mut conn).await;
    let Err(SqlError::Column { column, .. }) = wrong else { panic!("{wrong:?}") };
    assert_eq!(column, "name");
    let null: Result<String, _> =
        query_scalar("SELECT name FROM a WHERE id = 3").fetch_one(&mut conn).await;
    assert!(matches!(null, Err(SqlError::Column { .. })));
}

#[tokio::test]
async fn a_statement_that_failed_or_was_left_early_runs_again() {
    let mut conn = conn();
    let insert = "INSERT INTO a (name) VALUES ($1)";
    for _ in 0..3 {
        assert!(query(insert).bind("one").execute(&mut conn).await.is_err());
        query("DELETE FROM a WHERE name = 'new'").execute(&mut conn).await.unwrap();
        query(insert).bind("new").execute(&mut conn).await.unwrap();
        let first: i64 =
            query_scalar("SELECT id FROM a ORDER BY id").fetch_one(&mut conn).await.unwrap();
        assert_eq!(first, 1);
    }
    assert!(!conn.is_in_transaction());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_long_statement_leaves_the_other_tasks_a_thread() {
    let (told, hears) = tokio::sync::oneshot::channel();
    let long = tokio::spawn(async move {
        // Comes back only when the other task has run meanwhile.
        in_place(|| hears.blocking_recv())
    });
    tokio::spawn(async move { told.send(7) }).await.unwrap().unwrap();
    assert_eq!(long.await.unwrap(), Ok(7));
}
