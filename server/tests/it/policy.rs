//! `GET /api/handrail/v1/policy`.

use crate::app::App;
use handrail_server::config::{OpeningHours, ScheduleConfig};
use serde_json::json;

#[tokio::test]
async fn anybody_may_read_it_and_is_told_the_default_plan() {
    let app = App::with(|config| {
        config.support_mail = Some("support@example.com".to_owned());
        config.service.meanings.insert("S0".to_owned(), "All lights are out".to_owned());
    })
    .await;
    let answer = app.anonymous().get("/api/handrail/v1/policy").await;
    insta::assert_json_snapshot!(answer.is(200), @r#"
    {
      "policy": {
        "limits": {
          "comment_bytes": 65536,
          "comment_files": 50,
          "email_ccs": 48,
          "file_bytes": 52428800,
          "subject_characters": 150
        },
        "now": "2026-03-02T08:14:05Z",
        "plan": "basic",
        "rules": {
          "default_plan": "basic",
          "plans": [
            {
              "name": "basic",
              "targets": [
                {
                  "business_hours": false,
                  "seconds": 7200
                },
                {
                  "business_hours": false,
                  "seconds": 14400
                },
                {
                  "business_hours": false,
                  "seconds": 57600
                },
                {
                  "business_hours": false,
                  "seconds": 86400
                }
              ]
            },
            {
              "name": "advanced",
              "targets": [
                {
                  "business_hours": false,
                  "seconds": 3600
                },
                {
                  "business_hours": false,
                  "seconds": 7200
                },
                {
                  "business_hours": false,
                  "seconds": 14400
                },
                {
                  "business_hours": false,
                  "seconds": 50400
                }
              ]
            }
          ],
          "schedule": {
            "holidays": [],
            "week": [
              {
                "day": 0,
                "from_minute": 0,
                "to_minute": 1440
              },
              {
                "day": 1,
                "from_minute": 0,
                "to_minute": 1440
              },
              {
                "day": 2,
                "from_minute": 0,
                "to_minute": 1440
              },
              {
                "day": 3,
                "from_minute": 0,
                "to_minute": 1440
              },
              {
                "day": 4,
                "from_minute": 0,
                "to_minute": 1440
              },
              {
                "day": 5,
                "from_minute": 0,
                "to_minute": 1440
              },
              {
                "day": 6,
                "from_minute": 0,
                "to_minute": 1440
              }
            ],
            "zone": {
              "name": "UTC",
              "transitions": []
            }
          }
        },
        "severities": [
          {
            "meaning": "All lights are out",
            "priority": "urgent",
            "severity": "S0"
          },
          {
            "meaning": null,
            "priority": "high",
            "severity": "S1"
          },
          {
            "meaning": null,
            "priority": "normal",
            "severity": "S2"
          },
          {
            "meaning": null,
            "priority": "low",
            "severity": "S3"
          }
        ],
        "support_mail": "support@example.com"
      }
    }
    "#);
}

#[tokio::test]
async fn somebody_signed_in_is_told_their_own_plan() {
    let app = App::new().await;
    let policy = app.ana().get("/api/handrail/v1/policy.json").await.is(200);
    assert_eq!(policy["policy"]["plan"], "advanced");
    let policy = app.stranger().get("/api/handrail/v1/policy").await.is(200);
    assert_eq!(policy["policy"]["plan"], "basic");
}

#[tokio::test]
async fn of_the_time_zone_only_the_months_around_now_are_sent() {
    let app = App::with(|config| {
        config.service.schedule = Some(ScheduleConfig {
            time_zone: "Europe/Berlin".to_owned(),
            openings: vec![OpeningHours {
                days: vec!["mon".to_owned(), "fri".to_owned()],
                from: "09:00".to_owned(),
                to: "17:30".to_owned(),
            }],
            holidays: vec!["2026-12-25".to_owned()],
        });
    })
    .await;
    let policy = app.anonymous().get("/api/handrail/v1/policy").await.is(200);
    let schedule = &policy["policy"]["rules"]["schedule"];
    assert_eq!(schedule["zone"]["name"], "Europe/Berlin");
    assert!(schedule["zone"]["transitions"].as_array().unwrap().len() < 8);
    assert_eq!(schedule["week"][1], json!({"day": 4, "from_minute": 540, "to_minute": 1050}));
    assert_eq!(schedule["holidays"], json!(["2026-12-25"]));
}
