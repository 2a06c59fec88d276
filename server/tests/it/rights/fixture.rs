//! The people and records of the table, and copies of them for calls that change something.

use super::people;
use crate::app::{App, Client};
use api::identity::{Claims, OrganizationClaim};
use handrail_server::{
    AppState,
    config::{Config, Rates},
    serve::issue_agent_token,
    store::{
        sqlite::{Sql, query, query_as},
        users::{self, Role, Sharing},
    },
};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Words that stand in the requests, in their public comments and in the names of their files.
pub(crate) const WORDS: &str = "quince jelly";
/// Words that stand in the private note alone.
pub(crate) const NOTE: &str = "medlar";
/// A tag that staff gave, which end users do not see.
pub(crate) const TAG: &str = "rowan";

/// A server with the requests of the table.
pub(crate) struct Fixture {
    pub(crate) app: App,
    pub(crate) ids: Ids,
    /// Work on many tickets.
    pub(crate) job: String,
    ada: String,
    /// Reads all that the database holds.
    dump: String,
    /// The database as it was made.
    copied: PathBuf,
}

/// The numbers and tokens of what the table tells of.
#[derive(Clone, Default)]
pub(crate) struct Ids {
    pub(crate) request: i64,
    pub(crate) closed: i64,
    pub(crate) comment: i64,
    pub(crate) note: i64,
    pub(crate) audit: i64,
    pub(crate) ana: i64,
    pub(crate) acme: i64,
    /// A file of the comment, one of the note, and one of Ana's that no comment has taken.
    pub(crate) files: [FileOf; 3],
    pub(crate) people: people::Ids,
}

/// A file: the number of its record, and the tokens of its address and of its upload.
#[derive(Clone, Default)]
pub(crate) struct FileOf {
    pub(crate) id: i64,
    pub(crate) address: String,
    pub(crate) upload: String,
}

impl Fixture {
    pub(crate) async fn make() -> Self {
        // What is left of a limit stands in the headers, which are compared.
        let app = App::with(|config| config.rates = Rates::off()).await;
        let ada = issue_agent_token(&app.state, "ada@support.example", Some("Ada")).await.unwrap();
        let mut made = Self {
            app,
            ids: Ids::default(),
            job: String::new(),
            ada,
            dump: String::new(),
            copied: PathBuf::new(),
        };
        made.employ_and_share().await;
        made.ids = made.requests().await;
        made.job = made.work().await;
        made.ids.people = people::make(&made, made.ids.ana, made.ids.acme).await;
        made.dump = dump_statement(&made.app.state).await;
        made.copied = made.app.copied().await;
        made
    }

    /// The same records in a database of their own, for calls by one person.
    pub(crate) async fn fork(&self, person: &str) -> Self {
        let change = |config: &mut Config| config.anonymous.requests = person == "let in";
        Self {
            app: self.app.fork(&self.copied, change).await,
            ids: self.ids.clone(),
            job: self.job.clone(),
            ada: self.ada.clone(),
            dump: self.dump.clone(),
            copied: self.copied.clone(),
        }
    }

    /// Somebody by their column.
    pub(crate) fn client(&self, person: &str) -> Client {
        let app = &self.app;
        match person {
            "requester" => self.of("ana", "Ana Ruiz", "Acme"),
            "copied" => self.of("ben", "Ben Okoro", "Initech"),
            "viewer" => self.of("vera", "Vera Sight", "Acme"),
            "commenter" => self.of("carl", "Carl Word", "Acme"),
            "member" => self.of("max", "Max Quiet", "Acme"),
            "stranger" => self.of("sam", "Sam Stranger", "Globex"),
            "nobody" | "let in" => app.anonymous(),
            "agent" => app.agent(),
            "admin" => app.basic("ada@support.example", &self.ada),
            "as a user" => {
                let email = "mia@support.example".to_owned();
                app.by(&Claims { email, ..app.claims("mia", "Mia") })
            }
            person => panic!("nobody is called {person}"),
        }
    }

    /// Somebody who has nothing yet.
    pub(crate) fn newcomer(&self) -> Client {
        self.of("noa", "Noa New", "Umbrella")
    }

    fn of(&self, id: &str, name: &str, organization: &str) -> Client {
        let organization = OrganizationClaim {
            external_id: organization.to_lowercase(),
            name: organization.to_owned(),
        };
        let claims = self.app.claims(id, name);
        self.app.by(&Claims { organization: Some(organization), ..claims })
    }

    /// Everybody comes once, so that nobody is new later, and gets the rights that they have.
    async fn employ_and_share(&self) {
        for person in super::Table::read().people {
            self.client(person).get("/api/v2/users/me").await.is(200);
        }
        let mut tx = self.app.state.store.write().await.unwrap();
        for (email, role, sharing) in [
            ("vera@customer.example", Role::EndUser, Sharing::View),
            ("carl@customer.example", Role::EndUser, Sharing::Comment),
            ("ada@support.example", Role::Admin, Sharing::Own),
        ] {
            let mut user = users::by_email(&mut tx, email).await.unwrap().unwrap();
            (user.role, user.sharing) = (role, sharing);
            users::update(&mut tx, &user).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn requests(&self) -> Ids {
        let (ana, mia) = (self.client("requester"), self.client("agent"));
        let files = [
            file(&ana, &format!("a file of {WORDS}")).await,
            file(&mia, &format!("a file about {NOTE}")).await,
            file(&ana, &format!("more {WORDS}")).await,
        ];
        let mut draft = json!({"email_ccs": [{"user_email": "ben@customer.example"}],
            "comment": {"body": format!("There is no {WORDS} in it.")}});
        let mut first = draft.clone();
        first["comment"]["uploads"] = json!([files[0].upload]);
        let request = ana.create(&format!("The {WORDS}"), first).await;
        draft["comment"]["body"] = json!(format!("Nor {WORDS} in this."));
        let closed = ana.create(&format!("The older {WORDS}"), draft).await;
        let change = async |id: i64, ticket: Value| {
            self.app.advance(1);
            mia.put(&format!("/api/v2/tickets/{id}"), json!({"ticket": ticket})).await.is(200)
        };
        for id in [request, closed] {
            let uploads = if id == request { vec![&files[1].upload] } else { vec![] };
            let note = json!({"body": NOTE, "public": false, "uploads": uploads});
            change(id, json!({"comment": note})).await;
            let answer = json!({"comment": {"body": format!("Which {WORDS}?")},
                "assignee_email": "mia@support.example", "status": "pending"});
            change(id, answer).await;
        }
        change(closed, json!({"status": "closed"})).await;
        self.tag(request).await;

        let shown = ana.get(&format!("/api/v2/requests/{request}")).await.is(200);
        let said = mia.get(&format!("/api/v2/tickets/{request}/comments")).await.is(200);
        let id = |at: usize| said["comments"][at]["id"].as_i64().unwrap();
        let done = mia.get(&format!("/api/v2/tickets/{request}/audits")).await.is(200);
        Ids {
            request,
            closed,
            comment: id(0),
            note: id(1),
            audit: done["audits"][0]["id"].as_i64().unwrap(),
            ana: shown["request"]["requester_id"].as_i64().unwrap(),
            acme: shown["request"]["organization_id"].as_i64().unwrap(),
            files,
            people: people::Ids::default(),
        }
    }

    /// Work on a ticket that waits to be done.
    async fn work(&self) -> String {
        let path = format!("/api/v2/tickets/update_many?ids={}", self.ids.request);
        let change = json!({"ticket": {"priority": "high"}});
        let job = self.client("agent").put(&path, change).await.is(200);
        job["job_status"]["id"].as_str().unwrap().to_owned()
    }

    async fn tag(&self, request: i64) {
        let mut tx = self.app.state.store.write().await.unwrap();
        query("UPDATE requests SET tags = $2 WHERE id = $1")
            .bind(request)
            .bind(json!([TAG]).to_string())
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// All that the database holds.
    pub(crate) async fn contents(&self) -> String {
        let mut read = self.app.state.store.read().await.unwrap();
        let sql = Sql::made(self.dump.as_str());
        let rows: Vec<(String, Option<String>)> = query_as(sql).fetch_all(&mut read).await.unwrap();
        rows.into_iter()
            .map(|(table, rows)| format!("{table}\n{}\n", rows.unwrap_or_default()))
            .collect()
    }
}

/// A file that waits for a comment.
async fn file(client: &Client, bytes: &str) -> FileOf {
    let made = client.upload("filename=list.txt", bytes.to_owned()).await.is(201);
    let attachment = &made["upload"]["attachment"];
    let address = attachment["content_url"].as_str().unwrap();
    let address = address.split("/token/").nth(1).unwrap().split('/').next().unwrap();
    FileOf {
        id: attachment["id"].as_i64().unwrap(),
        address: address.to_owned(),
        upload: made["upload"]["token"].as_str().unwrap().to_owned(),
    }
}

/// A statement that reads every column of every table, the search index among them.
async fn dump_statement(state: &AppState) -> String {
    let mut read = state.store.read().await.unwrap();
    let sql = "SELECT t.name, group_concat('quote(\"' || c.name || '\")', ' || '','' || ') \
        FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
        WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' GROUP BY t.name";
    let tables: Vec<(String, String)> = query_as(sql).fetch_all(&mut read).await.unwrap();
    let one = |(name, columns): &(String, String)| {
        format!("SELECT '{name}', group_concat({columns}, char(10)) FROM \"{name}\"")
    };
    tables.iter().map(one).collect::<Vec<_>>().join(" UNION ALL ")
}
