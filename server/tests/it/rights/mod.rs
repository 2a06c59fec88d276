//! Who gets what from each route: `table.txt`, and a call for each of its cells.
//!
//! The router is enumerated, so a route without a row fails, and so does a row without a route.

#![expect(
    clippy::panic,
    reason = "a table with a word that nothing stands behind is a failed test"
)]

mod calls;
mod fixture;
mod people;
mod sharing;
mod table;
mod told;

pub(crate) use calls::{Aim, Call, Sent, call};
pub(crate) use fixture::{Fixture, NOTE};
use handrail_server::router;
use std::collections::BTreeSet;
use table::Row;
pub(crate) use table::Table;

#[test]
fn each_route_has_a_row_and_each_row_a_route() {
    let routes: BTreeSet<String> =
        router::operations().iter().map(|(method, path)| format!("{method} {path}")).collect();
    let rows: BTreeSet<String> =
        Table::read().rows.iter().map(|row| format!("{} {}", row.method, row.path)).collect();
    let without_row: Vec<_> = routes.difference(&rows).collect();
    let without_route: Vec<_> = rows.difference(&routes).collect();
    assert!(without_row.is_empty(), "rights/table.txt does not say who may call {without_row:#?}");
    assert!(without_route.is_empty(), "rights/table.txt has rows for no route: {without_route:#?}");
}

#[tokio::test]
async fn every_person_gets_from_every_route_what_the_table_says() {
    let table = Table::read();
    let pristine = Fixture::make().await;
    let mut found = vec![Vec::new(); table.rows.len()];
    for person in &table.people {
        let mut fixture = pristine.fork(person).await;
        for (row, found) in table.rows.iter().zip(&mut found) {
            let cell = cell(&fixture, row, person).await;
            if cell.ends_with(told::CHANGE) {
                fixture = pristine.fork(person).await;
            }
            found.push(cell);
        }
    }
    let all = table.rows.iter().zip(&found);
    let wrong = all.filter(|(row, found)| row.cells != **found);
    let wrong: Vec<_> = wrong
        .map(|(row, found)| {
            format!("{}\nnot\n{}\n", table.line(row, found), table.line(row, &row.cells))
        })
        .collect();
    assert!(wrong.is_empty(), "what was found is\n{}", wrong.join("\n"));
}

/// Makes the call, and says what it did in the words of the table.
async fn cell(fixture: &Fixture, row: &Row, person: &str) -> String {
    let client = fixture.client(person);
    let before = fixture.contents().await;
    let answer = call(fixture, row, Aim::There).by(&client).await;
    let after = fixture.contents().await;
    let mut cell = told::by(fixture, &answer);
    if row.path.contains('{') && answer.status.is_client_error() {
        let missing = call(fixture, row, Aim::Missing).by(&client).await;
        if !told::alike(&answer, &missing) {
            cell.push_str(told::KNOWN);
        }
    }
    if before != after {
        cell.push_str(told::CHANGE);
    }
    cell
}
