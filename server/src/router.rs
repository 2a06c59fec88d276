//! Every route of the server, in one list.
//!
//! Paths under `/api` also answer with `.json` at their end; the suffix is taken off before routing,
//! so the list names each path once. What is not under `/api` belongs to the site. The list is also what
//! the API's description is made from: see [`crate::describe`].

use crate::{
    AppState,
    caller::WrittenPath,
    demo,
    describe::{
        Routes, delete, get, post, put,
        query::{
            BY_CREATION, COMMENT_FILTER, COMMENT_ORDER, CURSORS, EXTERNAL_ID, IDS, INCLUDE,
            INCLUDE_OF_KINDS, INCLUDE_SLAS, INCLUDE_USERS, JOBS, MANY, PAGES, Piece, REQUEST_ORDER,
            REQUEST_SCOPE, SEARCH, SEARCH_COUNT, SEARCH_EXPORT, SINCE, STATUS, TICKET_ORDER,
            UPLOAD,
        },
    },
    error::Error,
    middleware::{cors, etag, panics, rates, stamp, unread},
    routes::{
        attachments, description, events, health, job_statuses, policy, requests, search, slas,
        tickets, uploads, users,
    },
    site,
};
use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::{Method, Uri, uri::PathAndQuery},
    middleware::{from_fn, from_fn_with_state},
    routing,
};
use tower::{ServiceBuilder, util::MapRequestLayer};
use tower_http::timeout::RequestBodyTimeoutLayer;

mod people;

/// The whole server: API, health and site.
pub fn router(state: AppState) -> Router {
    let api = ServiceBuilder::new().layer(MapRequestLayer::new(plain_path)).service(api(&state));
    let mut all = Router::new()
        .route_service("/api", api.clone())
        .route_service("/api/", api.clone())
        .route_service("/api/{*path}", api.clone())
        .route_service("/attachments/{*path}", api)
        .route("/healthz", routing::get(health::show_liveness))
        .route("/readyz", routing::get(health::show_readiness))
        .with_state(state.clone());
    if state.config.demo {
        all = all.merge(demo::portal_token_router(state.clone()));
    }
    all.fallback_service(site::router(&state)).layer(from_fn_with_state(state, stamp::stamp))
}

/// Every route of the API: each path once, each verb with its handler, a line about it, and the
/// query parameters that it understands. The rest of its description is read off the handler.
#[must_use]
pub fn routes() -> Routes {
    people::add(Routes::default())
        .at("/api/v2/users/me", [get(users::show_me, "Who is calling")])
        .at(
            "/api/v2/requests",
            [
                get(requests::list_requests, "Requests that the caller raised")
                    .takes(REQUEST_LIST)
                    .takes(&[STATUS]),
                post(requests::create_request, "Raise a request").takes(&[INCLUDE_SLAS]),
            ],
        )
        .at(
            "/api/v2/requests/open",
            [get(requests::list_open_requests, "Those that are open").takes(REQUEST_LIST)],
        )
        .at(
            "/api/v2/requests/solved",
            [get(requests::list_solved_requests, "Those that are solved").takes(REQUEST_LIST)],
        )
        .at(
            "/api/v2/requests/ccd",
            [get(requests::list_ccd_requests, "Requests on which the caller is copied")
                .takes(REQUEST_LIST)
                .takes(&[STATUS])],
        )
        .at(
            "/api/v2/users/{id}/requests",
            [get(requests::list_user_requests, "Requests that a person raised")
                .takes(REQUEST_LIST)
                .takes(&[STATUS])],
        )
        .at(
            "/api/v2/organizations/{id}/requests",
            [get(requests::list_organization_requests, "Requests of an organization")
                .takes(REQUEST_LIST)
                .takes(&[STATUS])
                .refuses(&[403])],
        )
        .at(
            "/api/v2/requests/search",
            [get(requests::search_requests, "Search among what the caller may see").takes(&[
                SEARCH,
                REQUEST_SCOPE,
                STATUS,
                INCLUDE,
            ])],
        )
        .at(
            "/api/v2/requests/{id}",
            [
                get(requests::show_request, "A request").takes(&[INCLUDE]),
                put(requests::update_request, "Comment, solve, copy")
                    .takes(&[INCLUDE_SLAS])
                    .refuses(&[403]),
            ],
        )
        .at(
            "/api/v2/requests/{id}/comments",
            [get(requests::list_comments, "The conversation").takes(COMMENT_LIST)],
        )
        .at(
            "/api/v2/requests/{id}/comments/{comment_id}",
            [get(requests::show_comment, "A comment")],
        )
        .at(
            "/api/v2/tickets",
            [
                get(tickets::list_tickets, "All tickets")
                    .takes(TICKET_LIST)
                    .takes(&[TICKET_ORDER, EXTERNAL_ID]),
                post(tickets::create_ticket, "Make a ticket for a customer").takes(&[INCLUDE_SLAS]),
            ],
        )
        .at("/api/v2/tickets/count", [get(tickets::count_tickets, "How many tickets there are")])
        .at(
            "/api/v2/tickets/show_many",
            [get(
                tickets::show_many_tickets,
                "Tickets by number; those that are none are left out",
            )
            .takes(&[MANY, INCLUDE])],
        )
        .at(
            "/api/v2/tickets/update_many",
            [put(tickets::update_many_tickets, "Change many; the answer tells where to ask")
                .takes(&[IDS])
                .refuses(&[429])],
        )
        .at(
            "/api/v2/tickets/create_many",
            [post(tickets::create_many_tickets, "Make many; the answer tells where to ask")
                .refuses(&[429])],
        )
        .at(
            "/api/v2/tickets/{id}",
            [
                get(tickets::show_ticket, "A ticket").takes(&[INCLUDE]),
                put(tickets::update_ticket, "Answer, note, assign, change")
                    .takes(&[INCLUDE_SLAS])
                    .refuses(&[409]),
            ],
        )
        .at(
            "/api/v2/tickets/{id}/comments",
            [get(tickets::list_ticket_comments, "The conversation with private notes")
                .takes(COMMENT_LIST)
                .takes(&[INCLUDE_USERS])],
        )
        .at(
            "/api/v2/tickets/{id}/comments/{comment_id}/make_private",
            [put(tickets::make_ticket_comment_private, "Make a note of a comment").refuses(&[422])],
        )
        .at(
            "/api/v2/tickets/{id}/audits",
            [get(tickets::list_ticket_audits, "What happened, call by call").takes(&[
                PAGES,
                CURSORS,
                COMMENT_ORDER,
                INCLUDE_USERS,
            ])],
        )
        .at(
            "/api/v2/tickets/{id}/audits/{audit_id}",
            [get(tickets::show_ticket_audit, "What one call did")],
        )
        .at(
            "/api/v2/tickets/{id}/collaborators",
            [get(tickets::list_ticket_collaborators, "Those copied").takes(&[PAGES, CURSORS])],
        )
        .at(
            "/api/v2/tickets/{id}/email_ccs",
            [get(tickets::list_ticket_email_ccs, "Those copied").takes(&[PAGES, CURSORS])],
        )
        .at(
            "/api/v2/tickets/{id}/followers",
            [get(tickets::list_ticket_followers, "Agents who follow it").takes(&[PAGES, CURSORS])],
        )
        .at(
            "/api/v2/tickets/{id}/slas/policy_metrics",
            [get(tickets::list_ticket_clocks, "Its clocks")],
        )
        .at(
            "/api/v2/users/{id}/tickets/requested",
            [get(tickets::list_requested_tickets, "Tickets that a person raised")
                .takes(TICKET_LIST)
                .takes(&[BY_CREATION])],
        )
        .at(
            "/api/v2/users/{id}/tickets/ccd",
            [get(tickets::list_ccd_tickets, "Tickets on which a person is copied")
                .takes(TICKET_LIST)
                .takes(&[BY_CREATION])],
        )
        .at(
            "/api/v2/users/{id}/tickets/assigned",
            [get(tickets::list_assigned_tickets, "Tickets on which an agent works")
                .takes(TICKET_LIST)
                .takes(&[BY_CREATION])],
        )
        .at(
            "/api/v2/organizations/{id}/tickets",
            [get(tickets::list_organization_tickets, "Tickets of an organization")
                .takes(TICKET_LIST)
                .takes(&[BY_CREATION])],
        )
        .at(
            "/api/v2/job_statuses/show_many",
            [get(job_statuses::show_many_job_statuses, "How far several pieces of work are")
                .takes(&[JOBS])],
        )
        .at(
            "/api/v2/job_statuses/{job}",
            [get(job_statuses::show_job_status, "How far a piece of work is")],
        )
        .at(
            "/api/v2/search",
            [get(search::search, "Search among all tickets").takes(&[SEARCH, INCLUDE_OF_KINDS])],
        )
        .at(
            "/api/v2/search/count",
            [get(search::count_search, "How many a search finds").takes(&[SEARCH_COUNT])],
        )
        .at(
            "/api/v2/search/export",
            [get(search::export_search, "All that a search finds, page after page").takes(&[
                SEARCH_EXPORT,
                CURSORS,
                INCLUDE_OF_KINDS,
            ])],
        )
        .at(
            "/api/v2/slas/policies",
            [get(slas::list_sla_policies, "The configured plans as SLA policies")],
        )
        .at(
            "/api/v2/slas/policies/definitions",
            [get(slas::show_sla_definitions, "What the filters of SLA policies are made of")],
        )
        .at("/api/v2/slas/policies/{id}", [get(slas::show_sla_policy, "A plan as an SLA policy")])
        .at(
            "/api/v2/uploads",
            [post(uploads::create_upload, "Send a file ahead of a comment").takes(&[UPLOAD])],
        )
        .at(
            "/api/v2/uploads/{token}",
            [delete(uploads::delete_upload, "Take files back that no comment has taken")],
        )
        .at("/api/v2/attachments/{id}", [get(attachments::show_attachment, "A file's record")])
        .at(
            "/attachments/token/{token}/",
            [get(attachments::download_attachment, "The bytes of a file")
                .answers_raw(200, "*/*")
                .answers_raw(206, "*/*")
                .answers_nothing(304)
                .refuses(&[416])],
        )
        .at("/api/handrail/v1/policy", [get(policy::show_policy, "Plans, targets, hours, limits")])
        .at(
            "/api/handrail/v1/events",
            [get(events::stream_events, "What happens to the caller's requests, as it happens")
                .takes(&[SINCE])
                .answers_raw(200, "text/event-stream")],
        )
        .at(
            "/api/handrail/v1/requests/{id}/timeline",
            [get(requests::list_timeline, "What happened to a request beside what was said")
                .takes(&[PAGES, CURSORS, COMMENT_ORDER])],
        )
        .at("/api/handrail/v1/openapi", [get(description::show_description, "This description")])
}

/// Every verb and path below `/api`, in the order of the list.
#[must_use]
pub fn operations() -> Vec<(Method, &'static str)> {
    routes().operations().map(|(method, path, _)| (method.clone(), path)).collect()
}

/// What every list understands.
const LIST: &[Piece] = &[PAGES, CURSORS];
/// What every list of requests understands.
const REQUEST_LIST: &[Piece] = &[PAGES, CURSORS, REQUEST_ORDER, INCLUDE];
/// What every list of tickets understands.
const TICKET_LIST: &[Piece] = &[PAGES, CURSORS, INCLUDE];
/// What every list of comments understands.
const COMMENT_LIST: &[Piece] = &[PAGES, CURSORS, COMMENT_ORDER, COMMENT_FILTER];

fn api(state: &AppState) -> Router {
    routes()
        .mount()
        .fallback(|| async { Error::InvalidEndpoint })
        .method_not_allowed_fallback(|| async { Error::MethodNotAllowed })
        .layer(from_fn(stamp::remember_route))
        .layer(RequestBodyTimeoutLayer::new(state.config.connections.body()))
        .layer(from_fn(rates::tell))
        .layer(from_fn(etag::tag))
        .layer(panics::layer())
        .layer(cors::layer(&state.config.allowed_origins))
        .layer(from_fn(unread::read_on))
        .with_state(state.clone())
}

/// Takes `.json` off the path and remembers the path as it was written, for links.
fn plain_path(mut request: Request) -> Request {
    let written = request.uri().path().to_owned();
    if let Some(plain) = written.strip_suffix(".json") {
        let plain = match request.uri().query() {
            Some(query) => format!("{plain}?{query}"),
            None => plain.to_owned(),
        };
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = plain.parse::<PathAndQuery>().ok();
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
    // The outer list's match is over; left in, it would stand before the inner one's.
    request.extensions_mut().remove::<MatchedPath>();
    request.extensions_mut().insert(WrittenPath(written));
    request
}
