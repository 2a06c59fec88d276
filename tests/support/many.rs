//! More requests than anybody would send by hand: written straight into the server's database, beside
//! the server that runs on it.

use super::{agent::Record, people::Who, server::Server};
use rusqlite::{Connection, params};
use std::time::Duration;

/// Gives somebody this many requests, the newest of them the first: `Request number 1`, made and last
/// changed a minute before now, `Request number 2`, a minute before that … A quarter is open, a
/// quarter waits, a quarter is solved and a quarter closed.
pub(crate) async fn fill(server: &Server, who: &Who, count: i64) {
    let model = Record::of(who, server).await.create("Request number 0", &[]).await;
    let mut database = Connection::open(server.database()).expect("the database opens");
    // The server writes, too.
    database.busy_timeout(Duration::from_secs(10)).expect("it can wait");
    let transaction = database.transaction().expect("a transaction begins");
    let made = transaction
        .execute(
            "INSERT INTO requests (subject, description, status, priority, requester_id, submitter_id,
               organization_id, plan, channel, first_reply_due_at, first_reply_seconds,
               first_reply_business_hours, first_replied_at, created_at, updated_at, public_updated_at)
             WITH RECURSIVE numbers (n) AS
               (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?2)
             SELECT 'Request number ' || n, description,
               CASE n % 4 WHEN 0 THEN 'open' WHEN 1 THEN 'pending' WHEN 2 THEN 'solved' ELSE 'closed' END,
               priority, requester_id, submitter_id, organization_id, plan, channel,
               first_reply_due_at - n * 60, first_reply_seconds, first_reply_business_hours,
               CASE n % 4 WHEN 0 THEN NULL ELSE created_at - n * 60 + 30 END,
               created_at - n * 60, created_at - n * 60, created_at - n * 60
             FROM requests, numbers WHERE id = ?1",
            params![model, count],
        )
        .expect("requests can be made");
    assert_eq!(i64::try_from(made), Ok(count));
    transaction.commit().expect("they are on disk");
}
