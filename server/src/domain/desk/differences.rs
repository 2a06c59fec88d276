//! What a ticket's audit tells: its fields as texts, and what became different.

use crate::{
    domain::audit::Trail,
    store::{UserId, requests::Request},
};
use api::request::{CustomField, FieldValue};

/// One field of a ticket as an audit writes it.
struct Field {
    name: String,
    value: Option<String>,
    /// Whether end users see it.
    public: bool,
}

/// Notes the fields that a new ticket was made with.
pub(super) fn note_new(trail: &mut Trail, request: &Request) {
    for field in fields(request) {
        if let Some(value) = field.value {
            trail.made(&field.name, value);
        }
    }
}

/// Notes what became different. A field that once was never disappears, so the ones after are all.
pub(super) fn note(trail: &mut Trail, before: &Request, after: &Request) {
    let before = fields(before);
    for field in fields(after) {
        let old = before.iter().find(|old| old.name == field.name);
        let old = old.and_then(|old| old.value.clone());
        match (old == field.value, field.public) {
            (true, _) => {}
            (false, true) => trail.changed(&field.name, old, field.value),
            (false, false) => trail.noted(&field.name, old, field.value),
        }
    }
}

fn fields(request: &Request) -> Vec<Field> {
    let public =
        |name: &str, value: Option<String>| Field { name: name.to_owned(), value, public: true };
    let private =
        |name: &str, value: Option<String>| Field { public: false, ..public(name, value) };
    let mut fields = vec![
        public("subject", Some(request.subject.clone())),
        public("status", Some(request.status.name().to_owned())),
        public("priority", Some(request.severity.priority().to_owned())),
        public("type", request.kind.clone()),
        public("requester_id", Some(request.requester_id.to_string())),
        public("organization_id", request.organization_id.map(|id| id.to_string())),
        public("assignee_id", request.assignee_id.map(|id| id.to_string())),
        public("due_at", request.due_at.map(api::time::format)),
    ];
    fields.extend(
        request.custom_fields.iter().map(|field| public(&field.id.to_string(), text(field))),
    );
    let followers = request.follower_ids.iter().map(UserId::to_string).collect::<Vec<_>>();
    fields.extend([
        private("tags", some(request.tags.join(" "))),
        private("external_id", request.external_id.clone()),
        private("follower_ids", some(followers.join(","))),
    ]);
    fields
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn text(field: &CustomField) -> Option<String> {
    Some(match field.value.as_ref()? {
        FieldValue::Flag(flag) => flag.to_string(),
        FieldValue::Whole(number) => number.to_string(),
        FieldValue::Decimal(number) => number.to_string(),
        FieldValue::Text(text) => text.clone(),
        FieldValue::Choices(choices) => choices.join(","),
    })
}
