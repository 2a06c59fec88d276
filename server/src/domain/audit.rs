//! The record of what one call did: gathered while it works, stored with it, told to agents.

use super::{Call, attachments::Taken, prose::Written};
use crate::store::{
    CommentId, StoreError, UserId,
    comments::{self, Comment},
    events::{self, Event, NewEvent},
    requests::Request,
    sqlite::Conn,
    texts,
};
use api::{
    audit::{Audit, AuditChange, AuditEvent, Metadata},
    request::Via,
};

/// What one call does to one request.
#[derive(Debug, Default)]
pub struct Trail {
    changes: Vec<AuditChange>,
    public: bool,
    comment: Option<Said>,
    files: Taken,
}

#[derive(Debug)]
struct Said {
    author_id: UserId,
    words: Written,
    public: bool,
}

impl Trail {
    /// Notes a value that a new request was made with.
    pub fn made(&mut self, field: &str, value: impl Into<String>) {
        self.public = true;
        self.changes
            .push(AuditChange::Create { field_name: field.to_owned(), value: Some(value.into()) });
    }

    /// Notes a change that end users may see.
    pub fn changed(&mut self, field: &str, from: Option<String>, to: Option<String>) {
        self.public = true;
        self.noted(field, from, to);
    }

    /// Notes a change that end users do not see.
    pub fn noted(&mut self, field: &str, from: Option<String>, to: Option<String>) {
        self.changes.push(AuditChange::Change {
            field_name: field.to_owned(),
            value: to,
            previous_value: from,
        });
    }

    /// Notes that a comment was made a note of; end users see that it is gone.
    pub fn hid(&mut self, comment: CommentId) {
        self.public = true;
        let change = AuditChange::CommentPrivacyChange { comment_id: comment.0, public: false };
        self.changes.push(change);
    }

    /// Notes a comment or, when not public, a note.
    pub fn said(&mut self, author_id: UserId, words: impl Into<Written>, public: bool) {
        self.public |= public;
        self.comment = Some(Said { author_id, words: words.into(), public });
    }

    /// Notes the files that the comment takes with it.
    pub fn brought(&mut self, files: Taken) {
        self.files = files;
    }

    /// Whether anything happened at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.comment.is_none()
    }

    /// Whether anything happened that an end user may see, if they see the request.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.public
    }

    /// Stores the event and the comment, and the words by which the request is found if they have
    /// changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn store(
        self,
        conn: &mut Conn,
        kind: &'static str,
        request: &Request,
        copied: &[UserId],
        call: Call<'_>,
    ) -> Result<Audit, StoreError> {
        let request_id = request.id;
        let found_otherwise = self.comment.is_some() || self.changes.iter().any(changes_words);
        let new = NewEvent {
            request_id,
            author_id: call.by.id,
            kind,
            public: self.public && request.public,
            detail: self.detail(),
            channel: call.channel.to_owned(),
            created_at: call.at,
        };
        let id = events::insert(conn, &new).await?;
        let mut comment = None;
        if let Some(said) = self.comment {
            let mut new = Comment {
                id: CommentId(0),
                request_id,
                event_id: Some(id),
                author_id: said.author_id,
                body: said.words.text,
                html: said.words.html,
                public: said.public,
                channel: call.channel.to_owned(),
                created_at: call.at,
            };
            new.id = comments::insert(conn, &new).await?;
            self.files.attach(conn, new.id).await?;
            comment = Some(new);
        }
        if found_otherwise {
            texts::refresh(conn, request, copied).await?;
        }
        let event = Event {
            id,
            request_id,
            author_id: call.by.id,
            detail: self.changes,
            channel: new.channel,
            created_at: call.at,
        };
        Ok(audit(event, comment.as_ref()))
    }

    /// The changes as JSON. A comment's text is not among them: it stands in its own table, tied to
    /// the event, and would only be kept twice.
    fn detail(&self) -> String {
        serde_json::to_string(&self.changes).unwrap_or_else(|_| String::from("[]"))
    }
}

/// Whether a request is found by other words, or through other people, after a change.
fn changes_words(change: &AuditChange) -> bool {
    const FIELDS: [&str; 4] = ["subject", "collaborator_ids", "requester_id", "organization_id"];
    match change {
        AuditChange::Create { field_name, .. } | AuditChange::Change { field_name, .. } => {
            FIELDS.contains(&field_name.as_str())
        }
        AuditChange::Comment { .. } | AuditChange::CommentPrivacyChange { .. } => true,
    }
}

/// What happened, as agents see it: the comment first that came with it.
#[must_use]
pub fn audit(event: Event, comment: Option<&Comment>) -> Audit {
    let said = comment.map(|comment| AuditChange::Comment {
        public: comment.public,
        body: comment.body.clone(),
        author_id: comment.author_id.0,
    });
    let changes = said.into_iter().chain(event.detail);
    Audit {
        id: event.id.0,
        ticket_id: event.request_id.0,
        author_id: event.author_id.0,
        created_at: event.created_at,
        metadata: Metadata::default(),
        via: Via { channel: event.channel, ..Via::default() },
        events: (1..).zip(changes).map(|(id, what)| AuditEvent { id, what }).collect(),
    }
}
