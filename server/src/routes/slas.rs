//! The configured plans as SLA policies: what is promised to whom.

use crate::{
    AppState,
    auth::{PathNumber, Staff},
    body::Json,
    caller::Caller,
    error::Error,
};
use api::{
    page::Place,
    sla_policy::{
        SlaChoice, SlaCondition, SlaDefinition, SlaDefinitions, SlaDefinitionsEnvelope, SlaFilter,
        SlaPolicy, SlaPolicyEnvelope, SlaPolicyList, SlaTarget, SlaValues,
    },
};
use axum::extract::State;
use sla::{Plan, Severity};

/// `GET /slas/policies`: all of them, in the order of the configuration.
///
/// # Errors
/// None of its own.
pub async fn list_sla_policies(
    State(state): State<AppState>,
    Staff(_): Staff,
    caller: Caller,
) -> Result<Json<SlaPolicyList>, Error> {
    let plans = (1..).zip(&state.rules.policy.plans);
    let sla_policies: Vec<_> = plans.map(|(id, plan)| policy(&caller, id, plan)).collect();
    let place = Place::of_all(sla_policies.len());
    Ok(Json(SlaPolicyList { sla_policies, place }))
}

/// `GET /slas/policies/{id}`.
///
/// # Errors
/// When there is none.
pub async fn show_sla_policy(
    State(state): State<AppState>,
    Staff(_): Staff,
    PathNumber(wanted): PathNumber,
    caller: Caller,
) -> Result<Json<SlaPolicyEnvelope>, Error> {
    let found = (1..).zip(&state.rules.policy.plans).find(|(id, _)| *id == wanted);
    let (id, plan) = found.ok_or(Error::RecordNotFound)?;
    Ok(Json(SlaPolicyEnvelope { sla_policy: policy(&caller, id, plan) }))
}

/// `GET /slas/policies/definitions`: what the filters are made of.
///
/// # Errors
/// None of its own.
pub async fn show_sla_definitions(
    State(state): State<AppState>,
    Staff(_): Staff,
) -> Result<Json<SlaDefinitionsEnvelope>, Error> {
    let choice =
        |value: &str, title: &str| SlaChoice { value: value.to_owned(), title: title.to_owned() };
    let plans = state.rules.policy.plans.iter();
    let plan = SlaDefinition {
        title: String::from("Plan"),
        value: String::from("plan"),
        group: String::from("ticket"),
        operators: vec![choice("is", "Is")],
        values: SlaValues {
            r#type: String::from("list"),
            list: plans.map(|plan| choice(&plan.name, &plan.name)).collect(),
        },
    };
    let definitions = SlaDefinitions { all: vec![plan], any: Vec::new() };
    Ok(Json(SlaDefinitionsEnvelope { definitions }))
}

fn policy(caller: &Caller, id: i64, plan: &Plan) -> SlaPolicy {
    let targets = Severity::ALL.into_iter().zip(plan.targets);
    SlaPolicy {
        id,
        url: caller.record("slas/policies", id),
        title: plan.name.clone(),
        description: format!("First replies under the plan {}", plan.name),
        position: id,
        filter: SlaFilter {
            all: vec![SlaCondition {
                field: String::from("plan"),
                operator: String::from("is"),
                value: plan.name.clone(),
            }],
            any: Vec::new(),
        },
        policy_metrics: targets
            .map(|(severity, target)| SlaTarget {
                priority: severity.into(),
                metric: String::from("first_reply_time"),
                target: i64::from(target.seconds / 60),
                target_in_seconds: i64::from(target.seconds),
                business_hours: target.business_hours,
            })
            .collect(),
        created_at: None,
        updated_at: None,
    }
}
