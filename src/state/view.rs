//! Where in the widget one is. An enum and not a router: the host's address bar is not ours.

/// The views of the widget and of the portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    NewRequest,
    MyRequests,
    CcdRequests,
    OrganizationRequests,
    /// One request; `from` is the list that "Back" leads to.
    Request {
        id: i64,
        from: List,
    },
}

/// The lists of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    #[default]
    Mine,
    Ccd,
    /// Those of an organization of one's own, where one may see them all.
    Organization,
}

impl View {
    /// The view that a host names in `open({view})`; `None` for a name that we do not know.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "new" => Some(Self::NewRequest),
            "mine" => Some(Self::MyRequests),
            "ccd" => Some(Self::CcdRequests),
            "organization" => Some(Self::OrganizationRequests),
            _ => None,
        }
    }

    /// The list that this view is.
    #[must_use]
    pub const fn list(self) -> Option<List> {
        match self {
            Self::MyRequests => Some(List::Mine),
            Self::CcdRequests => Some(List::Ccd),
            Self::OrganizationRequests => Some(List::Organization),
            Self::NewRequest | Self::Request { .. } => None,
        }
    }

    /// The place in the navigation that this view belongs to.
    #[must_use]
    pub fn section(self) -> Self {
        match self {
            Self::Request { from, .. } => Self::from(from),
            other => other,
        }
    }
}

impl From<List> for View {
    fn from(list: List) -> Self {
        match list {
            List::Mine => Self::MyRequests,
            List::Ccd => Self::CcdRequests,
            List::Organization => Self::OrganizationRequests,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{List, View};

    #[test]
    fn a_request_belongs_to_the_list_it_was_opened_from() {
        assert_eq!(View::Request { id: 7, from: List::Ccd }.section(), View::CcdRequests);
        assert_eq!(View::NewRequest.section(), View::NewRequest);
    }

    #[test]
    fn an_unknown_name_is_no_view() {
        assert_eq!(View::from_name("mine"), Some(View::MyRequests));
        assert_eq!(View::from_name("javascript:"), None);
    }
}
