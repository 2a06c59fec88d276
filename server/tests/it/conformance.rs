//! Holds what the server says to what its description says of it: every answer that a test gets from
//! the API, and every body that was taken.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use handrail_server::{describe, router};
use jsonschema::Validator;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex},
};

static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| describe::document(&router::routes()));

/// Compiled when first wanted, by the place of the schema.
static VALIDATORS: LazyLock<Mutex<BTreeMap<String, Arc<Validator>>>> =
    LazyLock::new(Mutex::default);

/// A call as it was sent.
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    /// JSON that was sent, where it was.
    pub(crate) body: Option<Value>,
}

/// An answer as it came.
pub(crate) struct Answered<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

impl Call {
    /// Fails unless the answer is one that the description tells of.
    pub(crate) fn check(&self, answer: &Answered<'_>) {
        // Preflights are answered before the routes.
        let path = self.uri.path();
        let ours = path.starts_with("/api") || path.starts_with("/attachments/");
        if !ours || self.method == Method::OPTIONS {
            return;
        }
        let status = answer.status.as_u16();
        let what = format!("{} {} answered {status}", self.method, self.uri);
        let Some(place) = self.operation() else {
            let text = String::from_utf8_lossy(answer.body);
            let refused = text.contains("InvalidEndpoint") || text.contains("MethodNotAllowed");
            assert!(refused || self.method == Method::HEAD, "{what} and is not described: {text}");
            return;
        };
        let response = follow(&format!("{place}/responses/{status}"));
        assert!(response.is_some(), "{what}, which is not described");
        let response = response.unwrap();
        if self.method != Method::HEAD {
            check_content(&what, &response, answer);
        }
        // What is done later is looked at, and refused, later.
        let later = self.uri.path().trim_end_matches(".json").ends_with("_many");
        if let (Some(body), true) = (&self.body, answer.status.is_success() && !later) {
            let schema = format!("{place}/requestBody/content/application~1json/schema");
            if let Some(schema) = follow(&schema) {
                check_value(&format!("{what} to a body"), &schema, body);
            }
        }
    }

    /// Where the call is described.
    fn operation(&self) -> Option<String> {
        let path = self.uri.path();
        let path = path.strip_suffix(".json").unwrap_or(path);
        let paths = DESCRIPTION["paths"].as_object().unwrap();
        let fitting = paths.keys().filter(|template| fits(template, path));
        // Of `/requests/open` and `/requests/{id}` the router takes the one with fewer braces.
        let template = fitting.min_by_key(|template| template.matches('{').count())?;
        let method = match &self.method {
            &Method::HEAD => String::from("get"),
            method => method.as_str().to_lowercase(),
        };
        paths[template].get(&method)?;
        Some(format!("/paths/{}/{method}", escaped(template)))
    }
}

fn check_content(what: &str, response: &str, answer: &Answered<'_>) {
    let given = answer.headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap());
    let given = given.and_then(|kind| kind.split(';').next());
    let Some(contents) = at(response).get("content").and_then(Value::as_object) else {
        assert!(answer.body.is_empty(), "{what} with a body, which is not described");
        return;
    };
    let found = contents.keys().find(|kind| *kind == "*/*" || Some(kind.as_str()) == given);
    assert!(found.is_some(), "{what} with {given:?}, which is not described");
    if found.unwrap() == "application/json" {
        let schema = format!("{response}/content/application~1json/schema");
        let body = serde_json::from_slice(answer.body).unwrap();
        check_value(what, &follow(&schema).unwrap(), &body);
    }
}

fn check_value(what: &str, schema: &str, value: &Value) {
    let validator = validator(schema);
    let problems: Vec<String> = validator
        .iter_errors(value)
        .map(|problem| format!("{} {problem}", problem.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{what}, which is not {schema}: {problems:#?}\n{value:#}");
}

fn validator(schema: &str) -> Arc<Validator> {
    let mut validators = VALIDATORS.lock().unwrap();
    let validator = validators.entry(schema.to_owned()).or_insert_with(|| {
        // A place of its own, below which the components are where references look for them.
        let root = serde_json::json!({
            "$ref": format!("#{schema}"),
            "paths": DESCRIPTION["paths"],
            "components": DESCRIPTION["components"],
        });
        let options = jsonschema::draft202012::options().should_validate_formats(true);
        Arc::new(options.build(&root).unwrap())
    });
    validator.clone()
}

/// The place itself, or the one that it refers to; `None` when there is nothing.
fn follow(place: &str) -> Option<String> {
    match DESCRIPTION.pointer(place)?.get("$ref") {
        Some(reference) => Some(reference.as_str()?.trim_start_matches('#').to_owned()),
        None => Some(place.to_owned()),
    }
}

fn at(place: &str) -> &'static Value {
    DESCRIPTION.pointer(place).unwrap()
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template.zip(path).all(|(template, part)| {
            template == part || (template.starts_with('{') && !part.is_empty())
        })
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
