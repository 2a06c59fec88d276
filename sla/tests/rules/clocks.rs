//! Properties of the first-reply clock.

use chrono::TimeDelta;
use proptest::prelude::*;
use sla::{Clock, FAR_FUTURE, Plan, Policy, Schedule, Severity, Stage, Target};

use crate::generators::{
    DAY, absurd_schedule, any_instant, schedule_and_start, severity, target, utc,
};

fn policy(targets: [Target; 4], schedule: Schedule) -> Policy {
    Policy {
        plans: vec![Plan { name: "plan".to_owned(), targets }],
        default_plan: "plan".to_owned(),
        schedule,
    }
}

proptest! {
    #[test]
    fn the_stage_agrees_with_what_is_left(
        (schedule, start) in schedule_and_start(),
        target in target(),
        wait in -DAY..20 * DAY,
    ) {
        let clock = Clock::new(target, utc(start), None, &schedule);
        let now = utc(start + wait);
        let left = clock.remaining(now, &schedule);
        let paused_until = clock.paused_until(now, &schedule);
        match clock.stage(now, &schedule) {
            Stage::Active => prop_assert!(left > TimeDelta::zero() || now == clock.due_at),
            Stage::Paused => {
                prop_assert!(target.business_hours && left > TimeDelta::zero());
                prop_assert!(!schedule.is_open(now.max(clock.started_at)));
            }
            Stage::Breached => {
                prop_assert!(now > clock.due_at && left <= TimeDelta::zero());
                prop_assert!(target.business_hours || left < TimeDelta::zero());
            }
            Stage::Achieved => prop_assert!(false, "achieved without a reply"),
        }
        prop_assert_eq!(paused_until.is_some(), clock.stage(now, &schedule) == Stage::Paused);
        if let Some(opening) = paused_until {
            prop_assert!(now < opening && opening < clock.due_at);
            prop_assert_eq!(clock.stage(opening, &schedule), Stage::Active);
            prop_assert_eq!(clock.remaining(opening, &schedule), left);
        }
    }

    #[test]
    fn what_is_left_starts_at_the_target_and_only_shrinks(
        (schedule, start) in schedule_and_start(),
        target in target(),
        one in 0..10 * DAY,
        two in 0..10 * DAY,
    ) {
        let clock = Clock::new(target, utc(start), None, &schedule);
        let left = |at: i64| clock.remaining(utc(at), &schedule);
        let whole = TimeDelta::seconds(i64::from(target.seconds));
        prop_assert_eq!(left(start), whole);
        prop_assert_eq!(left(start - one), whole);
        prop_assert!(left(start + one) >= left(start + one + two));
        prop_assert_eq!(clock.remaining(clock.due_at, &schedule), TimeDelta::zero());
    }

    #[test]
    fn a_reply_freezes_the_clock(
        (schedule, start) in schedule_and_start(),
        target in target(),
        wait in 0..20 * DAY,
        later in 0..90 * DAY,
    ) {
        let running = Clock::new(target, utc(start), None, &schedule);
        let reply = utc(start + wait);
        let clock = Clock::new(target, utc(start), Some(reply), &schedule);
        let now = utc(start + wait + later);
        prop_assert_eq!(clock.due_at, running.due_at);
        prop_assert_eq!(clock.stage(now, &schedule), Stage::Achieved);
        prop_assert_eq!(clock.remaining(now, &schedule), running.remaining(reply, &schedule));
        prop_assert_eq!(clock.paused_until(now, &schedule), None);
        prop_assert_eq!(clock.late(), running.stage(reply, &schedule) == Stage::Breached);
    }

    /// A change of severity is a fresh clock from the original start: neither the changes on the
    /// way nor their times leave a trace.
    #[test]
    fn recomputing_from_the_start_forgets_the_way(
        (schedule, start) in schedule_and_start(),
        targets in [target(), target(), target(), target()],
        changes in prop::collection::vec(severity(), 1..5),
        reply in prop::option::of(0..20 * DAY),
    ) {
        let policy = policy(targets, schedule.clone());
        let reply = reply.map(|wait| utc(start + wait));
        let last = *changes.last().unwrap();
        let mut clock = policy.first_reply("plan", Severity::S0, utc(start), None);
        for severity in changes {
            clock = policy.first_reply("plan", severity, clock.started_at, reply);
        }
        prop_assert_eq!(clock, Clock::new(targets[last as usize], utc(start), reply, &schedule));
        prop_assert_eq!(clock, policy.first_reply("plan", last, clock.started_at, clock.fulfilled_at));
    }

    #[test]
    fn the_shipped_policy_is_plain_addition(
        start in 0_i64..4_000_000_000,
        severity in severity(),
        advanced in any::<bool>(),
    ) {
        let hours = if advanced { [1, 2, 4, 14] } else { [2, 4, 16, 24] }[severity as usize];
        let plan = if advanced { "advanced" } else { "basic" };
        let clock = Policy::default().first_reply(plan, severity, utc(start), None);
        prop_assert_eq!(clock.due_at, utc(start + hours * 3_600));
    }

    #[test]
    fn a_policy_survives_its_journey_as_json(
        (schedule, _) in schedule_and_start(),
        targets in [target(), target(), target(), target()],
    ) {
        let policy = policy(targets, schedule);
        let json = serde_json::to_string(&policy).unwrap();
        prop_assert_eq!(serde_json::from_str::<Policy>(&json).unwrap(), policy);
    }

    #[test]
    fn absurd_clocks_answer_without_a_panic(
        schedule in absurd_schedule(),
        seconds in any::<u32>(),
        business_hours in any::<bool>(),
        start in any_instant(),
        reply in prop::option::of(any_instant()),
        now in any_instant(),
    ) {
        let clock = Clock::new(Target { seconds, business_hours }, start, reply, &schedule);
        prop_assert!(clock.due_at >= clock.started_at);
        prop_assert!(clock.due_at <= FAR_FUTURE.max(clock.started_at));
        let left = clock.remaining(now, &schedule);
        prop_assert!(left <= TimeDelta::seconds(i64::from(seconds)) || clock.due_at == FAR_FUTURE);
        let stage = clock.stage(now, &schedule);
        prop_assert_eq!(stage == Stage::Achieved, reply.is_some());
        prop_assert!(stage == Stage::Paused || clock.paused_until(now, &schedule).is_none());
    }
}
