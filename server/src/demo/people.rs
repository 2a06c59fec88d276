//! Who uses the demo's product, and who answers them.

use api::{
    Time,
    identity::{Claims, OrganizationClaim},
};
use chrono::TimeDelta;

/// How long the demo's tokens live.
const TOKEN_LIFE: TimeDelta = TimeDelta::minutes(10);

/// Somebody who can sit in front of the demo's page.
pub(super) struct Person {
    /// In the cookie and in the history.
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) initials: &'static str,
    pub(super) email: &'static str,
    pub(super) role: &'static str,
    pub(super) organization: &'static str,
    pub(super) plan: &'static str,
}

const MAYA: Person = Person {
    key: "maya",
    name: "Maya Lindqvist",
    initials: "ML",
    email: "maya.lindqvist@northwind.example",
    role: "Data platform lead",
    organization: "Northwind Analytics",
    plan: "advanced",
};

const TOMAS: Person = Person {
    key: "tomas",
    name: "Tomás Herrera",
    initials: "TH",
    email: "tomas.herrera@northwind.example",
    role: "Analytics engineer",
    organization: "Northwind Analytics",
    plan: "advanced",
};

const AIKO: Person = Person {
    key: "aiko",
    name: "Aiko Brandt",
    initials: "AB",
    email: "aiko.brandt@contoso.example",
    role: "Head of BI",
    organization: "Contoso Retail",
    plan: "basic",
};

/// All of them; whoever has not chosen is the first.
pub(super) const PEOPLE: [Person; 3] = [MAYA, TOMAS, AIKO];

/// Those who answer: key in the history, name, address.
pub(super) const AGENTS: [(&str, &str, &str); 2] = [
    ("priya", "Priya Nair", "priya.nair@larkspur.example"),
    ("daniel", "Daniel Okafor", "daniel.okafor@larkspur.example"),
];

impl Person {
    pub(super) fn of(key: &str) -> Option<&'static Self> {
        PEOPLE.iter().find(|person| person.key == key)
    }

    /// The person of a Cookie header; without a choice the first one.
    pub(super) fn of_cookies(cookies: Option<&str>) -> &'static Self {
        cookies
            .unwrap_or("")
            .split(';')
            .filter_map(|cookie| cookie.trim().strip_prefix("demo_person="))
            .find_map(Self::of)
            .unwrap_or(&MAYA)
    }

    /// What the product's backend says about them at an instant.
    pub(super) fn claims(&self, at: Time) -> Claims {
        Claims {
            scope: String::from("user"),
            external_id: format!("larkspur-{}", self.key),
            email: self.email.to_owned(),
            email_verified: true,
            name: self.name.to_owned(),
            exp: (at + TOKEN_LIFE).timestamp(),
            iat: Some(at.timestamp()),
            organization: Some(OrganizationClaim {
                external_id: self.organization.to_lowercase().replace(' ', "-"),
                name: self.organization.to_owned(),
            }),
            plan: Some(self.plan.to_owned()),
            ..Claims::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Person;

    #[test]
    fn the_cookie_chooses_the_person() {
        let of = |cookies| Person::of_cookies(cookies).key;
        assert_eq!(of(None), "maya");
        assert_eq!(of(Some("demo_person=aiko")), "aiko");
        assert_eq!(of(Some("a=b; demo_person=tomas; c=d")), "tomas");
        assert_eq!(of(Some("demo_person=nobody")), "maya");
    }
}
