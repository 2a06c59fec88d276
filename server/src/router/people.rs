//! The routes for people, organizations and what ties them, for forms, and for agents' tokens.

use super::LIST;
use crate::{
    describe::{
        Routes, delete, get, post, put,
        query::{ACTIVE, COLLEAGUES, EXTERNAL_ID, MANY, NAME, PEOPLE_SEARCH, ROLES, WHOSE_TOKENS},
    },
    routes::{
        agent_tokens, colleagues, forms, organization_memberships, organization_subscriptions,
        organizations, users,
    },
};

/// Adds them to the list.
pub(super) fn add(routes: Routes) -> Routes {
    routes
        .at(
            "/api/v2/users",
            [
                get(users::list_users, "People").takes(LIST).takes(&[ROLES]),
                post(users::create_user, "Make somebody"),
            ],
        )
        .at("/api/v2/users/count", [get(users::count_users, "How many there are").takes(&[ROLES])])
        .at("/api/v2/users/show_many", [get(users::show_many_users, "Some people").takes(&[MANY])])
        .at(
            "/api/v2/users/create_or_update",
            [post(users::create_or_update_user, "Make or change somebody")],
        )
        .at(
            "/api/v2/users/search",
            [get(users::search_users, "Find people").takes(LIST).takes(&[PEOPLE_SEARCH])],
        )
        .at(
            "/api/v2/users/autocomplete",
            [get(users::autocomplete_users, "People by beginnings of their names")
                .takes(LIST)
                .takes(&[NAME])],
        )
        .at(
            "/api/v2/users/{id}",
            [
                get(users::show_user, "Somebody"),
                put(users::update_user, "Change somebody"),
                delete(users::delete_user, "Delete somebody").refuses(&[422]),
            ],
        )
        .at(
            "/api/v2/users/{id}/merge",
            [put(users::merge_user, "Hand all that hangs on somebody to somebody else")],
        )
        .at(
            "/api/v2/end_users/{id}",
            [get(users::show_end_user, "Somebody as they see themselves")],
        )
        .at(
            "/api/v2/users/{id}/related",
            [get(users::show_user_related, "How much hangs on somebody")],
        )
        .at(
            "/api/v2/users/{id}/identities",
            [get(users::list_user_identities, "Somebody's address")],
        )
        .at(
            "/api/v2/users/{id}/identities/{identity_id}",
            [get(users::show_user_identity, "Somebody's address by its number")],
        )
        .at(
            "/api/v2/users/{id}/organizations",
            [get(users::list_user_organizations, "Where somebody belongs").takes(LIST)],
        )
        .at(
            "/api/v2/users/{id}/organization_memberships",
            [get(organization_memberships::list_user_memberships, "Somebody's memberships")
                .takes(LIST)],
        )
        .at(
            "/api/v2/users/{id}/organization_memberships/{membership_id}/make_default",
            [put(
                organization_memberships::make_default_membership,
                "Make a membership the default one",
            )
            .refuses(&[422])],
        )
        .at(
            "/api/v2/users/{id}/organization_subscriptions",
            [get(organization_subscriptions::list_user_subscriptions, "What somebody follows")
                .takes(LIST)],
        )
        .at(
            "/api/v2/organizations",
            [
                get(organizations::list_organizations, "Organizations").takes(LIST),
                post(organizations::create_organization, "Make an organization"),
            ],
        )
        .at(
            "/api/v2/organizations/count",
            [get(organizations::count_organizations, "How many there are")],
        )
        .at(
            "/api/v2/organizations/show_many",
            [get(organizations::show_many_organizations, "Some organizations").takes(&[MANY])],
        )
        .at(
            "/api/v2/organizations/create_or_update",
            [post(organizations::create_or_update_organization, "Make or change an organization")],
        )
        .at(
            "/api/v2/organizations/search",
            [get(organizations::search_organizations, "Organizations by name or id elsewhere")
                .takes(&[EXTERNAL_ID, NAME])],
        )
        .at(
            "/api/v2/organizations/autocomplete",
            [get(
                organizations::autocomplete_organizations,
                "Organizations by beginnings of their names",
            )
            .takes(LIST)
            .takes(&[NAME])],
        )
        .at(
            "/api/v2/organizations/{id}",
            [
                get(organizations::show_organization, "An organization"),
                put(organizations::update_organization, "Change an organization"),
                delete(organizations::delete_organization, "Remove an unused organization")
                    .refuses(&[422]),
            ],
        )
        .at(
            "/api/v2/organizations/{id}/users",
            [get(users::list_organization_users, "Who belongs to an organization")
                .takes(LIST)
                .takes(&[ROLES])],
        )
        .at(
            "/api/v2/organizations/{id}/organization_memberships",
            [get(
                organization_memberships::list_memberships_of_organization,
                "The memberships in an organization",
            )
            .takes(LIST)],
        )
        .at(
            "/api/v2/organization_memberships",
            [
                get(organization_memberships::list_organization_memberships, "Memberships")
                    .takes(LIST),
                post(
                    organization_memberships::create_organization_membership,
                    "Add somebody to an organization",
                ),
            ],
        )
        .at(
            "/api/v2/organization_memberships/{id}",
            [
                get(organization_memberships::show_organization_membership, "A membership"),
                delete(
                    organization_memberships::delete_organization_membership,
                    "End a membership",
                ),
            ],
        )
        .at(
            "/api/v2/organization_subscriptions",
            [
                get(
                    organization_subscriptions::list_organization_subscriptions,
                    "What the caller follows",
                )
                .takes(LIST),
                post(
                    organization_subscriptions::create_organization_subscription,
                    "Follow an organization's requests",
                )
                .refuses(&[403, 404]),
            ],
        )
        .at(
            "/api/v2/organization_subscriptions/{id}",
            [delete(
                organization_subscriptions::delete_organization_subscription,
                "Follow them no more",
            )],
        )
        .at("/api/v2/ticket_fields", [get(forms::list_ticket_fields, "Fields").takes(LIST)])
        .at("/api/v2/ticket_fields/{id}", [get(forms::show_ticket_field, "A field")])
        .at("/api/v2/ticket_forms", [get(forms::list_ticket_forms, "Forms")])
        .at("/api/v2/ticket_forms/{id}", [get(forms::show_ticket_form, "A form")])
        .at(
            "/api/v2/custom_statuses",
            [get(forms::list_custom_statuses, "Statuses and their words").takes(&[ACTIVE])],
        )
        .at(
            "/api/handrail/v1/people",
            [get(colleagues::list_colleagues, "Colleagues, for choosing whom to copy")
                .takes(&[COLLEAGUES])],
        )
        .at(
            "/api/handrail/v1/agent_tokens",
            [
                get(agent_tokens::list_agent_tokens, "API tokens that hold").takes(&[WHOSE_TOKENS]),
                post(agent_tokens::create_agent_token, "A new API token, shown once"),
            ],
        )
        .at(
            "/api/handrail/v1/agent_tokens/{id}",
            [delete(agent_tokens::delete_agent_token, "End an API token")],
        )
}
