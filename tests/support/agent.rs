//! The API without a browser: an agent who answers, and what the server has on record for a person.

use super::{people::Who, server::Server};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// Somebody at the vendor's support.
pub(crate) struct Agent {
    http: Client,
    origin: String,
    email: &'static str,
    token: String,
}

impl Agent {
    /// The usual one.
    pub(crate) const NAME: &str = "Mia Sorensen";

    pub(crate) async fn hire(server: &Server) -> Self {
        let email = "mia@support.example";
        let token = server.mint.agent_token(email, Self::NAME).await;
        Self { http: client(), origin: server.origin.clone(), email, token }
    }

    /// Answers publicly and changes what else is named, such as `{"priority": "urgent"}`.
    pub(crate) async fn reply(&self, id: i64, text: &str, changes: Value) {
        self.comment(id, text, true, changes).await;
    }

    /// Writes a note that customers must never see.
    pub(crate) async fn note(&self, id: i64, text: &str) {
        self.comment(id, text, false, json!({})).await;
    }

    async fn comment(&self, id: i64, text: &str, public: bool, mut changes: Value) {
        changes["comment"] = json!({ "body": text, "public": public });
        self.change(id, changes).await;
    }

    /// Changes fields, such as `{"priority": "urgent"}`, and says nothing.
    pub(crate) async fn change(&self, id: i64, changes: Value) {
        let call = self.call(Method::PUT, &format!("tickets/{id}"));
        answer(call.json(&json!({ "ticket": changes }))).await;
    }

    /// Answers publicly with a comment such as `{"html_body": "<b>Yes</b>"}`.
    pub(crate) async fn write(&self, id: i64, comment: Value) {
        self.change(id, json!({ "comment": comment })).await;
    }

    /// Sends a file ahead of a comment; its token.
    pub(crate) async fn upload(&self, name: &str, bytes: Vec<u8>) -> String {
        let call = self.call(Method::POST, &format!("uploads?filename={name}"));
        let answer = answer(call.body(bytes)).await;
        answer["upload"]["token"].as_str().expect("a token").to_owned()
    }

    /// How many comments a ticket has, notes among them.
    pub(crate) async fn count_comments(&self, id: i64) -> usize {
        let call = self.call(Method::GET, &format!("tickets/{id}/comments"));
        answer(call).await["comments"].as_array().expect("a list").len()
    }

    /// From now on the people of a customer see each other's requests.
    pub(crate) async fn share_requests_of(&self, organization: &str) {
        let query = format!("organizations/search?name={organization}");
        let found = answer(self.call(Method::GET, &query)).await;
        let id = found["organizations"][0]["id"].as_i64().expect("there is such a customer");
        let change = json!({ "organization": { "shared_tickets": true } });
        answer(self.call(Method::PUT, &format!("organizations/{id}")).json(&change)).await;
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let call = self.http.request(method, format!("{}/api/v2/{path}", self.origin));
        call.basic_auth(format!("{}/token", self.email), Some(&self.token))
    }

    /// The credentials, for clients that are not ours.
    pub(crate) fn credentials(&self) -> (&str, &str) {
        (self.email, &self.token)
    }
}

/// What the server has recorded, as a person's own calls tell.
pub(crate) struct Record<'a> {
    server: &'a Server,
    token: String,
}

impl<'a> Record<'a> {
    pub(crate) async fn of(who: &Who, server: &'a Server) -> Self {
        Self { server, token: server.mint.identity_token(who).await }
    }

    /// The person's own requests, the oldest first.
    pub(crate) async fn requests(&self) -> Vec<Value> {
        let answer = answer(self.call(Method::GET, "requests?include=slas")).await;
        answer["requests"].as_array().expect("a list").clone()
    }

    /// The numbers of requests that the person is copied on.
    pub(crate) async fn ccd(&self) -> Vec<i64> {
        let answer = answer(self.call(Method::GET, "requests/ccd")).await;
        let requests = answer["requests"].as_array().expect("a list");
        requests.iter().filter_map(|request| request["id"].as_i64()).collect()
    }

    /// The only request, when there must be one and no more.
    pub(crate) async fn only_request(&self) -> Value {
        let mut requests = self.requests().await;
        assert_eq!(requests.len(), 1, "one request is on record: {requests:?}");
        requests.remove(0)
    }

    /// The texts said publicly about a request.
    pub(crate) async fn comments(&self, id: i64) -> Vec<String> {
        let answer = answer(self.call(Method::GET, &format!("requests/{id}/comments"))).await;
        let comments = answer["comments"].as_array().expect("a list");
        comments.iter().map(|comment| comment["plain_body"].as_str().unwrap().to_owned()).collect()
    }

    /// Makes a request without a browser; its number.
    pub(crate) async fn create(&self, subject: &str, ccs: &[&str]) -> i64 {
        let ccs: Vec<Value> = ccs.iter().map(|email| json!({ "user_email": email })).collect();
        let body = json!({ "request": {
            "subject": subject, "priority": "normal", "email_ccs": ccs,
            "comment": { "body": format!("More about: {subject}") },
        }});
        let made = answer(self.call(Method::POST, "requests").json(&body)).await;
        made["request"]["id"].as_i64().expect("a number")
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let address = format!("{}/api/v2/{path}", self.server.origin);
        client().request(method, address).bearer_auth(&self.token)
    }
}

/// The machine may name a proxy for the outside; nothing here is outside.
fn client() -> Client {
    Client::builder().no_proxy().build().expect("a client")
}

async fn answer(call: RequestBuilder) -> Value {
    let answer = call.send().await.expect("the server answers");
    let status = answer.status();
    let body: Value = answer.json().await.expect("JSON");
    assert!(matches!(status, StatusCode::OK | StatusCode::CREATED), "{status}: {body}");
    body
}
