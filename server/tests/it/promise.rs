//! The promise before Send is the promise on the record: what the widget computes from the policy
//! answer is what the server stores, whatever the plan, the severity, the calendar and the hour.

use crate::app::{App, START};
use api::{policy::PolicyEnvelope, request::RequestList};
use handrail_server::config::{OpeningHours, PlanTargets, ScheduleConfig};
use proptest::prelude::*;
use serde_json::json;
use sla::Severity;

/// A calendar with two zones' worth of trouble: short days, a holiday, changing clocks.
fn configured(zone: &str, hours: f64) -> impl FnOnce(&mut handrail_server::config::Config) + use<> {
    let schedule = ScheduleConfig {
        time_zone: zone.to_owned(),
        openings: vec![OpeningHours {
            days: ["mon", "tue", "thu", "sun"].map(str::to_owned).to_vec(),
            from: "01:30".to_owned(),
            to: "16:45".to_owned(),
        }],
        holidays: vec!["2026-03-31".to_owned()],
    };
    let plan = |name: &str, factor: f64| PlanTargets {
        name: name.to_owned(),
        first_reply_hours: Severity::ALL
            .into_iter()
            .zip([1.0, 2.5, 9.0, 70.0])
            .map(|(severity, base)| (severity.name().to_owned(), base * factor * hours))
            .collect(),
        business_hours: vec!["S1".to_owned(), "S2".to_owned(), "S3".to_owned()],
    };
    let plans = vec![plan("basic", 2.0), plan("advanced", 1.0)];
    move |config| {
        config.service.schedule = Some(schedule);
        config.service.plans = plans;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn preview_and_record_are_one(
        zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Asia/Kolkata"]),
        hours in 1..12_u8,
        later in 0..60 * 86_400_i64,
        looked in 0..30 * 86_400_i64,
        severity in prop::sample::select(Severity::ALL.to_vec()),
        advanced in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let app = App::with(configured(zone, f64::from(hours) / 2.0)).await;
            app.advance(later);
            let client = if advanced { app.ana() } else { app.stranger() };
            let answer = client.get("/api/handrail/v1/policy").await;
            let policy: PolicyEnvelope = serde_json::from_slice(&answer.bytes).unwrap();
            let policy = policy.policy;
            let preview = policy.rules.first_reply(&policy.plan, severity, policy.now, None);
            client.create("One", json!({"priority": severity.priority()})).await;

            app.advance(looked);
            let answer = client.get("/api/v2/requests?include=slas").await;
            let list: RequestList = serde_json::from_slice(&answer.bytes).unwrap();
            let metric = list.requests[0].slas.clone().unwrap().policy_metrics.remove(0);
            let now = api::time::from_unix(START + later + looked);
            let schedule = &policy.rules.schedule;
            assert_eq!(metric.breach_at, Some(preview.due_at));
            assert_eq!(metric.target_in_seconds, Some(preview.target.seconds));
            assert_eq!(metric.business_hours, preview.target.business_hours);
            assert_eq!(metric.stage, preview.stage(now, schedule));
            let left = preview.remaining(now, schedule);
            match (metric.days, metric.hours, metric.minutes) {
                (Some(days), None, None) => assert_eq!(days, left.num_days()),
                (None, Some(hours), None) => assert_eq!(hours, left.num_hours()),
                (None, None, Some(minutes)) => assert_eq!(minutes, left.num_minutes()),
                odd => panic!("not exactly one unit: {odd:?}"),
            }
        });
    }
}
