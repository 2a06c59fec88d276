//! `GET /api/handrail/v1/policy`: what the widget must know before anything is sent. No sign-in
//! needed; with one, the plan is the caller's.

use crate::{AppState, auth::Anyone, body::Json, domain::people, error::Error};
use api::policy::{Limits, Policy, PolicyEnvelope, SeverityText};
use axum::extract::State;
use chrono::TimeDelta;
use sla::Severity;

/// The time zone's table is sent for this long around now: further than the longest target.
const HORIZON: TimeDelta = TimeDelta::days(400);

/// Answers the policy.
///
/// # Errors
/// When the database fails.
pub async fn show_policy(
    State(state): State<AppState>,
    Anyone(user): Anyone,
) -> Result<Json<PolicyEnvelope>, Error> {
    let now = state.env.now();
    let plan = match user {
        Some(user) => people::plan_of(&mut *state.store.read().await?, &state.rules, &user).await?,
        None => state.rules.policy.default_plan.clone(),
    };
    let mut rules = state.rules.policy.clone();
    rules.schedule.zone = rules.schedule.zone.slice(now - HORIZON, now + HORIZON);
    let severities = Severity::ALL.map(|severity| SeverityText {
        severity,
        priority: severity.into(),
        meaning: state.config.service.meaning(severity),
    });
    let limits = state.rules.limits;
    Ok(Json(PolicyEnvelope {
        policy: Policy {
            now,
            plan,
            rules,
            severities: severities.to_vec(),
            support_mail: state.config.support_mail.clone(),
            limits: Limits {
                subject_characters: limits.subject_characters,
                comment_bytes: limits.comment_bytes,
                email_ccs: limits.email_ccs,
                file_bytes: limits.file_bytes,
                comment_files: limits.comment_files,
            },
        },
    }))
}
