//! Puts the description together: one JSON document, keys in alphabetical order.

use super::{
    operation::{Access, Body, Content, Operation},
    query::Param,
    refusals,
    routes::Routes,
    schemas::{Schemas, lead_to_inputs},
};
use serde_json::{Map, Value, json};

const ABOUT: &str = "\
The end-user Requests API of Zendesk and the part of its Tickets API that agents need, below \
`/api/v2`, and additions of our own below `/api/handrail/v1`.

Every path also answers with `.json` at its end. Unknown keys in bodies and queries are ignored. A \
value of a query parameter that means nothing is ignored too, unless the call documents 400. Every \
answer carries `x-request-id` and `x-zendesk-api-version`. A path that is not described here answers \
404 and a verb that is not 405, both with a JSON object.";

/// The resources that are numbered as requests are.
const REQUESTS: [&str; 2] = ["requests", "tickets"];

/// The whole description, whatever the address of the API.
#[must_use]
pub fn document(routes: &Routes) -> Value {
    let mut schemas = Schemas::new();
    let mut paths = Map::new();
    let mut bodies = Vec::new();
    for (method, path, operation) in routes.operations() {
        let verbs = paths.entry(path).or_insert_with(|| parameters_of(path));
        let method = method.as_str().to_lowercase();
        if matches!(operation.body, Some(Body::Json(_))) {
            bodies.push((path, method.clone()));
        }
        if let Some(verbs) = verbs.as_object_mut() {
            verbs.insert(method, described(path, operation, &mut schemas));
        }
    }
    let (definitions, twofold) = schemas.finish();
    for (path, method) in bodies {
        let body = paths.get_mut(path).and_then(|verbs| verbs.get_mut(&method));
        if let Some(body) = body.and_then(|operation| operation.get_mut("requestBody")) {
            lead_to_inputs(body, &twofold);
        }
    }
    let refusals: Map<String, Value> = refusals::STATUSES
        .into_iter()
        .map(|status| (refusals::name(status).to_owned(), refusals::response(status)))
        .collect();
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Handrail support API",
            "description": ABOUT,
            "version": env!("CARGO_PKG_VERSION"),
        },
        "paths": paths,
        "components": {
            "schemas": definitions,
            "responses": refusals,
            "securitySchemes": {
                "identity": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "An identity token, signed by the host product's backend.",
                },
                "agent": {
                    "type": "http",
                    "scheme": "basic",
                    "description": "`EMAIL/token` and an API token of an agent.",
                },
            },
        },
    });
    // Whether a map keeps its order depends on what this crate is built together with.
    document.sort_all_objects();
    document
}

/// What stands in the path itself.
fn parameters_of(path: &str) -> Value {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameters: Vec<Value> = names
        .map(|name| {
            if name != "id" && !name.ends_with("_id") {
                return json!({
                    "name": name, "in": "path", "required": true, "schema": {"type": "string"},
                });
            }
            // Where the numbers of a database begin, so that an example can be tried.
            let first = if name == "id" && REQUESTS.contains(&tag(path)) { 1_001 } else { 1 };
            json!({
                "name": name,
                "in": "path",
                "required": true,
                "schema": {"type": "integer", "format": "int64"},
                "example": first,
            })
        })
        .collect();
    if parameters.is_empty() { json!({}) } else { json!({"parameters": parameters}) }
}

fn described(path: &str, operation: &Operation, schemas: &mut Schemas) -> Value {
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "tags": [tag(path)],
        "security": security(operation.access),
        "responses": responses(operation, schemas),
    });
    let mut parameters: Vec<Value> = operation.params.iter().map(parameter).collect();
    if operation.idempotent {
        parameters.push(json!({
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Makes a repetition of the call answered as before and done once.",
            // Visible ASCII.
            "schema": {"type": "string", "pattern": "^[ -~]{1,255}$"},
        }));
    }
    if let Some(described) = described.as_object_mut() {
        if !parameters.is_empty() {
            described.insert(String::from("parameters"), Value::Array(parameters));
        }
        if let Some(body) = operation.body {
            let content = match body {
                Body::Json(of) => json!({"application/json": {"schema": schemas.read(of)}}),
                Body::Raw => json!({"*/*": {}}),
            };
            let body = json!({"required": true, "content": content});
            described.insert(String::from("requestBody"), body);
        }
    }
    described
}

/// The resource: the first part behind the prefix.
fn tag(path: &str) -> &str {
    let rest = path.strip_prefix(api::V2).or_else(|| path.strip_prefix(api::OWN)).unwrap_or(path);
    rest.split('/').find(|part| !part.is_empty()).unwrap_or(rest)
}

fn security(access: Access) -> Value {
    match access {
        Access::Open => json!([]),
        Access::Anyone => json!([{}, {"identity": []}, {"agent": []}]),
        Access::EndUser => json!([{"identity": []}, {"agent": []}]),
        Access::Staff => json!([{"agent": []}]),
    }
}

fn parameter(param: &Param) -> Value {
    let mut described = json!({
        "name": param.name,
        "in": "query",
        "required": param.required,
        "description": param.about,
        "schema": param.values.schema(),
    });
    if let (true, Some(described)) = (param.values.is_list(), described.as_object_mut()) {
        described.insert(String::from("explode"), Value::Bool(false));
    }
    described
}

fn responses(operation: &Operation, schemas: &mut Schemas) -> Value {
    let mut responses = Map::new();
    for (status, content) in &operation.answers {
        let description = match status {
            201 => "Made.",
            304 => "`If-None-Match` names what would be sent.",
            _ => "Done.",
        };
        let mut response = json!({"description": description});
        let content = match content {
            Content::Json(of) => {
                Some(json!({"application/json": {"schema": schemas.written(*of)}}))
            }
            Content::Raw(kind) => Some(json!({*kind: {}})),
            Content::Nothing => None,
        };
        let mut headers = Map::new();
        if *status == 201 {
            let location = json!({"schema": {"type": "string", "format": "uri"}});
            headers.insert(String::from("location"), location);
        }
        if operation.answers.contains_key(&304) {
            headers.insert(String::from("etag"), json!({"schema": {"type": "string"}}));
        }
        if operation.idempotent {
            let lookup = json!({"schema": {"type": "string", "enum": ["hit", "miss"]}});
            headers.insert(String::from("x-idempotency-lookup"), lookup);
        }
        if let Some(response) = response.as_object_mut() {
            if let Some(content) = content {
                response.insert(String::from("content"), content);
            }
            if !headers.is_empty() {
                response.insert(String::from("headers"), Value::Object(headers));
            }
        }
        responses.insert(status.to_string(), response);
    }
    for status in &operation.refusals {
        let name = refusals::name(*status);
        let response = json!({"$ref": format!("#/components/responses/{name}")});
        responses.insert(status.to_string(), response);
    }
    Value::Object(responses)
}
