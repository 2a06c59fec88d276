//! Who gets what from each route: `table.txt`, and a call for each of its cells.
//!
//! The router is enumerated, so a route without a row fails, and so does a row without a route.

mod calls;
mod fixture;
mod table;
mod told;

use calls::Aim;
use fixture::Fixture;
use handrail_server::router;
use std::collections::BTreeSet;
use table::{Row, Table};

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
    let mut fixture = pristine.fork().await;
    let mut wrong = Vec::new();
    for row in &table.rows {
        let mut found = Vec::new();
        for person in &table.people {
            let cell = cell(&fixture, row, person).await;
            if cell.ends_with(told::CHANGE) {
                fixture = pristine.fork().await;
            }
            found.push(cell);
        }
        if found != row.cells {
            wrong.push(format!("{}\nnot {}", table.line(row, &found), table.line(row, &row.cells)));
        }
    }
    assert!(wrong.is_empty(), "what was found is\n{}", wrong.join("\n"));
}

/// Makes the call, and says what it did in the words of the table.
async fn cell(fixture: &Fixture, row: &Row, person: &str) -> String {
    let client = fixture.client(person);
    let before = fixture.contents().await;
    let answer = calls::send(fixture, &client, row, Aim::There).await;
    let after = fixture.contents().await;
    let mut cell = told::by(fixture, &answer);
    if row.path.contains('{') && answer.status.is_client_error() {
        let missing = calls::send(fixture, &client, row, Aim::Missing).await;
        if !told::alike(&answer, &missing) {
            cell.push_str(told::KNOWN);
        }
    }
    if before != after {
        cell.push_str(told::CHANGE);
    }
    cell
}
