//! What the lists ask for: pages of requests, who one is, and whose requests one may see.

use super::{Client, Error, Page, read};
use api::request::Request;

/// An organization whose requests the caller may see, all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharingOrganization {
    pub id: i64,
    pub name: String,
}

impl Client {
    /// A first page, by path and query below `/api/v2/`.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn requests(&self, address: &str) -> Result<Page<Vec<Request>>, Error> {
        self.requests_at(self.v2(&[address])).await
    }

    /// A further page, by the address that the page before named.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn requests_at(&self, address: String) -> Result<Page<Vec<Request>>, Error> {
        Ok(read::request_list(&self.get(address).await?))
    }

    /// One's own requests with their texts, which the lists leave out: the newest page.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn own_requests(&self) -> Result<Vec<Request>, Error> {
        let newest = "requests?sort_by=created_at&sort_order=desc&page%5Bsize%5D=100";
        Ok(self.get(self.v2(&[newest])).await?.list("requests", read::request))
    }

    /// The caller's own number.
    ///
    /// # Errors
    /// As [`Error`] says; [`Error::SignedOut`] for nobody.
    pub async fn me(&self) -> Result<i64, Error> {
        let answer = self.get(self.v2(&["users/me"])).await?;
        answer.get("user").number("id").ok_or(Error::SignedOut)
    }

    /// The caller's organizations that share all their requests with the caller.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn sharing_organizations(&self) -> Result<Vec<SharingOrganization>, Error> {
        let answer = self.get(self.v2(&["organization_memberships?page%5Bsize%5D=100"])).await?;
        Ok(answer.list("organization_memberships", |membership| {
            membership.flag("view_tickets").then_some(SharingOrganization {
                id: membership.number("organization_id")?,
                name: membership.word("organization_name").unwrap_or_default(),
            })
        }))
    }
}
