//! The description of the API: it is what the routes are, and every copy of it says the same.

use crate::app::{App, BASE};
use handrail_server::{describe, router};
use serde_json::Value;
use std::{collections::BTreeSet, env, fs, path::Path};

/// `cargo xtask openapi` sets it.
const UPDATE: &str = "HANDRAIL_UPDATE_OPENAPI";

fn description() -> Value {
    describe::document(&router::routes())
}

#[test]
fn the_description_in_the_repository_is_that_of_the_routes() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let is = format!("{}\n", serde_json::to_string_pretty(&description()).unwrap());
    if env::var_os(UPDATE).is_some() {
        fs::write(&file, &is).unwrap();
    }
    let says = fs::read_to_string(&file).unwrap_or_default();
    let differs = is.lines().zip(says.lines()).find(|(is, says)| is != says);
    assert!(
        is == says,
        "docs/openapi.json is not what the routes say: run `cargo xtask openapi`; first {differs:?}"
    );
}

#[tokio::test]
async fn the_description_is_served_to_anybody_with_the_address_they_used() {
    let app = App::new().await;
    for path in ["/api/handrail/v1/openapi.json", "/api/handrail/v1/openapi"] {
        let mut served = app.anonymous().get(path).await.is(200);
        let servers = served.as_object_mut().unwrap().remove("servers").unwrap();
        assert_eq!(servers, serde_json::json!([{"url": BASE}]));
        assert_eq!(served, description());
    }
}

#[test]
fn every_route_is_described_once() {
    let description = description();
    let routes = router::routes();
    let mut names = BTreeSet::new();
    for (method, path, operation) in routes.operations() {
        let described = &description["paths"][path][method.as_str().to_lowercase()];
        assert_eq!(described["operationId"], operation.id, "{method} {path}");
        assert!(names.insert(operation.id), "two routes have the handler {}", operation.id);
        assert!(!operation.summary.is_empty(), "{method} {path}");
        let answers = operation.answers.len();
        assert!(answers > 0, "{method} {path} is not described to answer anything");
    }
    let described = description["paths"].as_object().unwrap().values();
    let verbs = described.flat_map(|path| path.as_object().unwrap().keys());
    assert_eq!(verbs.filter(|key| *key != "parameters").count(), names.len());
}

/// Where two types have one name, the second gets a number, and which is second is an accident.
#[test]
fn no_two_types_of_the_wire_share_a_name() {
    let description = description();
    let names: BTreeSet<&String> =
        description["components"]["schemas"].as_object().unwrap().keys().collect();
    for name in &names {
        let base = name.trim_end_matches(|last: char| last.is_ascii_digit()).to_owned();
        let alone = base == **name || !names.contains(&base);
        assert!(alone, "{name}: give one of the two another name, by #[schemars(rename)]");
    }
}
