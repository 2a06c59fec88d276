//! The configuration: the example file is read, mistakes are told.

use handrail_server::config::Config;
use sla::Severity;

fn read(text: &str) -> Result<Config, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

/// The example with every line that is a setting uncommented.
fn example() -> String {
    let text = include_str!("../../../handrail.example.toml");
    let lines =
        text.lines().map(|line| line.strip_prefix("#:").map_or(line, |rest| rest.trim_start()));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_is_a_configuration_as_it_stands_and_with_every_key_set() {
    let plain = read(include_str!("../../../handrail.example.toml")).unwrap();
    assert_eq!(format!("{plain:?}"), format!("{:?}", Config::default()));
    let full = read(&example()).unwrap();
    let rules = full.rules().unwrap();
    assert_eq!(rules.policy.target("advanced", Severity::S0).seconds, 3600);
    assert_eq!(rules.policy.schedule.zone.name, "Europe/Berlin");
}

#[test]
fn the_example_names_every_key() {
    let full: toml::Table = toml::from_str(&example()).unwrap();
    let told = include_str!("../../../docs/OPERATIONS.md");
    let mut keys: Vec<String> = Vec::new();
    for (name, value) in &full {
        match value {
            toml::Value::Table(section) if name != "service" => {
                keys.extend(section.keys().map(|key| format!("{name}.{key}")));
            }
            toml::Value::Table(section) => {
                keys.extend(section.keys().map(|key| format!("service.{key}")));
            }
            _ => keys.push(name.clone()),
        }
    }
    for key in &keys {
        assert!(told.contains(&format!("`{key}`")), "{key} is not described");
    }
    let debug = format!("{:?}", Config::default());
    for field in [
        "listen",
        "database",
        "readers",
        "site",
        "demo",
        "public_urls",
        "allowed_origins",
        "trusted_proxies",
        "support_mail",
        "identity",
        "limits",
        "rates",
        "connections",
        "events",
        "service",
        "log",
    ] {
        assert!(debug.contains(&format!("{field}:")));
        assert!(full.contains_key(field), "{field} is not in the example");
    }
}

#[test]
fn mistakes_are_told_by_their_key() {
    for (text, told) in [
        ("lisen = '127.0.0.1:1'", "unknown field `lisen`"),
        ("[limits]\nsubject_characters = -1", "invalid value"),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.contains(told), "{error}");
    }
    for (text, told) in [
        ("allowed_origins = ['*']", "allowed_origins"),
        ("allowed_origins = ['https://app.example.com/']", "allowed_origins"),
        ("[[identity.keys]]\nkid = 'a'\nsecret = 'short'", "below 32 characters"),
        ("[service]\ndefault_severity = 'S9'", "service.default_severity"),
        ("[service]\ndefault_plan = 'gold'", "gold"),
        ("[[service.plans]]\nname = 'a'\nfirst_reply_hours = { S0 = 1 }", "no hours for S1"),
        ("[service.schedule]\ntime_zone = 'Mars/Base'\nopenings = []", "not a known time zone"),
        ("[limits]\ncomments = 0", "limits"),
        ("[rates]\nperson = { calls = 1, seconds = 0 }", "rates"),
        ("[rates]\nagent = { calls = 2000000, seconds = 60 }", "rates"),
        ("[connections]\nidle_seconds = 0", "connections"),
        ("[events]\nbeat_seconds = 0", "events"),
    ] {
        let error = read(text).unwrap().rules().unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn proxies_are_addresses_or_networks() {
    let config = read("trusted_proxies = ['127.0.0.1', '::1', '10.0.0.0/8', 'fd00::/8']").unwrap();
    assert_eq!(config.proxies().unwrap().len(), 4);
    for proxy in ["proxy.example", "10.0.0.0/33", "", "*"] {
        let config = read(&format!("trusted_proxies = ['{proxy}']")).unwrap();
        assert!(config.proxies().unwrap_err().to_string().contains("trusted_proxies"), "{proxy}");
    }
}

#[test]
fn a_logged_configuration_does_not_give_a_secret_away() {
    let text = "[[identity.keys]]\nkid = 'a'\nsecret = 'thirty-two characters of a secret!'";
    assert!(!format!("{:?}", read(text).unwrap()).contains("thirty-two"));
}
