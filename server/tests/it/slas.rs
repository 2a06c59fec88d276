//! `GET /api/v2/slas/policies…`: the configured plans in Zendesk's shape.

use crate::app::App;
use serde_json::json;

#[tokio::test]
async fn each_plan_is_a_policy_with_a_target_for_each_priority() {
    let app = App::new().await;
    let listed = app.agent().get("/api/v2/slas/policies.json").await.is(200);
    assert_eq!(listed["count"], 2);
    assert_eq!(listed["next_page"], json!(null));
    let advanced = &listed["sla_policies"][1];
    let target = |priority: &str, minutes: i64| {
        json!({"priority": priority, "metric": "first_reply_time", "target": minutes,
            "target_in_seconds": minutes * 60, "business_hours": false})
    };
    assert_eq!(
        *advanced,
        json!({"id": 2, "url": "https://support.example.com/api/v2/slas/policies/2.json",
            "title": "advanced", "description": "First replies under the plan advanced",
            "position": 2, "created_at": null, "updated_at": null,
            "filter": {"all": [{"field": "plan", "operator": "is", "value": "advanced"}], "any": []},
            "policy_metrics": [target("urgent", 60), target("high", 120), target("normal", 240),
                target("low", 840)]})
    );
    let shown = app.agent().get("/api/v2/slas/policies/2").await.is(200);
    assert_eq!(shown["sla_policy"], *advanced);
    for missing in ["0", "3", "-1", "x"] {
        app.agent().get(&format!("/api/v2/slas/policies/{missing}")).await.is(404);
    }
    let definitions = app.agent().get("/api/v2/slas/policies/definitions").await.is(200);
    let plan = &definitions["definitions"]["all"][0];
    assert_eq!(plan["value"], "plan");
    assert_eq!(plan["values"]["list"][0], json!({"value": "basic", "title": "basic"}));
}
