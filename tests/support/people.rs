//! The people of the tests, as the host product knows them.

/// Somebody signed in to the host product.
#[derive(Debug)]
pub(crate) struct Who {
    /// In the host's cookie.
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    pub(crate) organization: &'static str,
    pub(crate) plan: &'static str,
}

/// Writes most of the requests.
pub(crate) const ANA: Who = Who {
    key: "ana",
    name: "Ana Ruiz",
    email: "ana@acme.example",
    organization: "Acme",
    plan: "advanced",
};

/// Ana's colleague.
pub(crate) const BEN: Who = Who {
    key: "ben",
    name: "Ben Adeyemi",
    email: "ben@acme.example",
    organization: "Acme",
    plan: "advanced",
};

/// Somebody of another company, on the smaller plan.
pub(crate) const EVE: Who = Who {
    key: "eve",
    name: "Eve Marsh",
    email: "eve@globex.example",
    organization: "Globex",
    plan: "basic",
};

impl Who {
    /// The person of a cookie.
    pub(crate) fn of(key: &str) -> Option<&'static Self> {
        [&ANA, &BEN, &EVE].into_iter().find(|who| who.key == key)
    }
}
