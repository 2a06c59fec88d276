//! What a request's form is made of, so that a portal which was written for Zendesk finds its
//! labels: the fields that every request has, one form that has them all, and the statuses.
//!
//! All of it is the same everywhere and in one language. Fields that the vendor defines travel with
//! requests and are not listed, as their definitions are not kept here.

use crate::{
    AppState,
    auth::{EndUser, Party, PathNumber, Staff},
    body::Json,
    caller::Caller,
    error::Error,
    paging::Paging,
    store::window::Key,
};
use api::{
    form::{
        CustomStatus, CustomStatusList, FieldOption, TicketField, TicketFieldEnvelope,
        TicketFieldList, TicketForm, TicketFormEnvelope, TicketFormList,
    },
    request::Status,
};
use axum::extract::State;
use sla::Severity;

/// The one form.
const FORM: i64 = 1;

/// A field as it is told here.
struct Field {
    kind: &'static str,
    title: &'static str,
    /// End users see it; whether they also set it.
    portal: Option<bool>,
    required: bool,
}

const FIELDS: [Field; 6] = [
    Field { kind: "subject", title: "Subject", portal: Some(true), required: true },
    Field { kind: "description", title: "Description", portal: Some(true), required: true },
    Field { kind: "status", title: "Status", portal: Some(false), required: false },
    Field { kind: "tickettype", title: "Type", portal: Some(true), required: false },
    Field { kind: "priority", title: "Priority", portal: Some(true), required: false },
    Field { kind: "assignee", title: "Assignee", portal: None, required: false },
];

/// Fields: all for agents, those of the portal for end users.
///
/// # Errors
/// For a page that cannot be had; so for all lists here.
pub async fn list_ticket_fields(
    party: Party,
    State(state): State<AppState>,
    caller: Caller,
) -> Result<Json<TicketFieldList>, Error> {
    let all = fields(&state, &caller);
    let seen =
        all.into_iter().filter(|it| matches!(party, Party::Staff(_)) || it.visible_in_portal);
    let paging = Paging::read(&caller.query)?;
    let (ticket_fields, place) =
        paging.whole(seen.collect(), &caller, |it| Key { at: it.id, id: it.id });
    Ok(Json(TicketFieldList { ticket_fields, place }))
}

/// A field, for agents.
///
/// # Errors
/// When there is none of that number.
pub async fn show_ticket_field(
    State(state): State<AppState>,
    _: Staff,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<TicketFieldEnvelope>, Error> {
    let found = fields(&state, &caller).into_iter().find(|field| field.id == id);
    Ok(Json(TicketFieldEnvelope { ticket_field: found.ok_or(Error::RecordNotFound)? }))
}

/// Forms: the one there is.
pub async fn list_ticket_forms(_: EndUser, caller: Caller) -> Result<Json<TicketFormList>, Error> {
    let (ticket_forms, place) =
        Paging::default().whole(vec![form(&caller)], &caller, |it| Key { at: it.id, id: it.id });
    Ok(Json(TicketFormList { ticket_forms, place }))
}

/// The form.
///
/// # Errors
/// When the number is another's.
pub async fn show_ticket_form(
    _: EndUser,
    PathNumber(id): PathNumber,
    caller: Caller,
) -> Result<Json<TicketFormEnvelope>, Error> {
    if id != FORM {
        return Err(Error::RecordNotFound);
    }
    Ok(Json(TicketFormEnvelope { ticket_form: form(&caller) }))
}

/// Statuses with the words that agents and end users have for them.
///
/// # Errors
/// Never; the page is always the first.
pub async fn list_custom_statuses(
    _: EndUser,
    caller: Caller,
) -> Result<Json<CustomStatusList>, Error> {
    let none = caller.query.get("active") == Some("false");
    let all = Status::ALL.into_iter().filter(|status| *status != Status::Closed && !none);
    let all = (1..).zip(all).map(|(id, status)| custom_status(&caller, id, status)).collect();
    let (custom_statuses, place) =
        Paging::default().whole(all, &caller, |it| Key { at: it.id, id: it.id });
    Ok(Json(CustomStatusList { custom_statuses, place }))
}

fn fields(state: &AppState, caller: &Caller) -> Vec<TicketField> {
    let all = (1..).zip(&FIELDS);
    all.map(|(id, field)| TicketField {
        url: caller.record("ticket_fields", id),
        id,
        r#type: field.kind.to_owned(),
        title: field.title.to_owned(),
        raw_title: field.title.to_owned(),
        title_in_portal: field.title.to_owned(),
        raw_title_in_portal: field.title.to_owned(),
        description: String::new(),
        position: id,
        active: true,
        required: field.required,
        required_in_portal: field.required,
        visible_in_portal: field.portal.is_some(),
        editable_in_portal: field.portal == Some(true),
        removable: false,
        system_field_options: options(state, field.kind),
        ..TicketField::default()
    })
    .collect()
}

/// The choices of a field; a priority is called what the vendor calls its severity.
fn options(state: &AppState, kind: &str) -> Vec<FieldOption> {
    let same = |names: &[&str]| names.iter().map(|name| option(&capital(name), name)).collect();
    match kind {
        "status" => same(&["new", "open", "pending", "hold", "solved", "closed"]),
        "tickettype" => same(&["question", "incident", "problem", "task"]),
        "priority" => {
            let named = |severity: Severity| {
                let meaning = state.config.service.meaning(severity);
                option(meaning.as_deref().unwrap_or(severity.name()), severity.priority())
            };
            Severity::ALL.into_iter().map(named).collect()
        }
        _ => Vec::new(),
    }
}

fn option(name: &str, value: &str) -> FieldOption {
    FieldOption { name: name.to_owned(), value: value.to_owned() }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn form(caller: &Caller) -> TicketForm {
    let name = String::from("Request");
    TicketForm {
        url: caller.record("ticket_forms", FORM),
        id: FORM,
        name: name.clone(),
        raw_name: name.clone(),
        display_name: name.clone(),
        raw_display_name: name,
        position: 1,
        active: true,
        default: true,
        end_user_visible: true,
        in_all_brands: true,
        ticket_field_ids: (1..).zip(&FIELDS).map(|(id, _)| id).collect(),
        ..TicketForm::default()
    }
}

fn custom_status(caller: &Caller, id: i64, status: Status) -> CustomStatus {
    let (label, end_user_label, description, end_user_description) = match status {
        Status::New => ("New", "Open", "Nobody works on it yet", "We have received it"),
        Status::Open => ("Open", "Open", "The staff has to act", "We are working on it"),
        Status::Pending => {
            ("Pending", "Awaiting your reply", "The requester has to act", "We wait for you")
        }
        Status::Hold => ("On-hold", "Open", "Somebody else has to act", "We are working on it"),
        Status::Solved | Status::Closed => ("Solved", "Solved", "It is done", "It is done"),
    };
    CustomStatus {
        url: caller.record("custom_statuses", id),
        id,
        status_category: status.name().to_owned(),
        label: label.to_owned(),
        agent_label: label.to_owned(),
        raw_agent_label: label.to_owned(),
        end_user_label: end_user_label.to_owned(),
        raw_end_user_label: end_user_label.to_owned(),
        description: description.to_owned(),
        raw_description: description.to_owned(),
        end_user_description: end_user_description.to_owned(),
        raw_end_user_description: end_user_description.to_owned(),
        active: true,
        default: true,
        ..CustomStatus::default()
    }
}
