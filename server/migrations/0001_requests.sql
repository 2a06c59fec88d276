-- People, requests, their conversation, and what makes a call safe to repeat.
-- Times are unix seconds in UTC. Migrations only add: never edit one that was released.

CREATE TABLE organizations (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    external_id TEXT    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    plan        TEXT,
    created_at  BIGINT  NOT NULL,
    updated_at  BIGINT  NOT NULL
);

-- external_id is null for agents who never came through a host, and for placeholders: people who
-- were copied on a request and have not been here themselves. email is kept in lower case.
CREATE TABLE users (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    external_id     TEXT    UNIQUE,
    email           TEXT    NOT NULL UNIQUE,
    name            TEXT    NOT NULL,
    role            TEXT    NOT NULL CHECK (role IN ('end-user', 'agent', 'admin')),
    organization_id BIGINT  REFERENCES organizations (id),
    plan            TEXT,
    created_at      BIGINT  NOT NULL,
    updated_at      BIGINT  NOT NULL
);

CREATE INDEX users_by_organization ON users (organization_id);

-- updated_at is what agents see; public_updated_at moves only with what end users may see, so that
-- a private note cannot be guessed from it. The first_reply_* columns are the clock as `sla` made
-- it: they are rewritten, never computed, by SQL.
CREATE TABLE requests (
    id                         INTEGER PRIMARY KEY AUTOINCREMENT,
    subject                    TEXT    NOT NULL,
    description                TEXT    NOT NULL,
    status                     TEXT    NOT NULL
        CHECK (status IN ('new', 'open', 'pending', 'hold', 'solved', 'closed')),
    priority                   TEXT    NOT NULL CHECK (priority IN ('urgent', 'high', 'normal', 'low')),
    type                       TEXT    CHECK (type IN ('question', 'incident', 'problem', 'task')),
    requester_id               BIGINT  NOT NULL REFERENCES users (id),
    submitter_id               BIGINT  NOT NULL REFERENCES users (id),
    organization_id            BIGINT  REFERENCES organizations (id),
    assignee_id                BIGINT  REFERENCES users (id),
    plan                       TEXT    NOT NULL,
    channel                    TEXT    NOT NULL,
    first_reply_due_at         BIGINT  NOT NULL,
    first_reply_seconds        BIGINT  NOT NULL,
    first_reply_business_hours BOOLEAN NOT NULL,
    first_replied_at           BIGINT,
    created_at                 BIGINT  NOT NULL,
    updated_at                 BIGINT  NOT NULL,
    public_updated_at          BIGINT  NOT NULL
);

CREATE INDEX requests_of_requester_by_update ON requests (requester_id, public_updated_at, id);
CREATE INDEX requests_of_requester_by_creation ON requests (requester_id, created_at, id);
CREATE INDEX requests_of_organization_by_update ON requests (organization_id, public_updated_at, id);
CREATE INDEX requests_of_assignee ON requests (assignee_id);

CREATE TABLE request_ccs (
    request_id BIGINT NOT NULL REFERENCES requests (id),
    user_id    BIGINT NOT NULL REFERENCES users (id),
    added_at   BIGINT NOT NULL,
    PRIMARY KEY (request_id, user_id)
);

CREATE INDEX request_ccs_by_user ON request_ccs (user_id, request_id);

-- What happened, one row a transaction: the audit of a ticket, and later the source of streams,
-- mail and webhooks. detail is the JSON array of the audit's events; public says whether an end
-- user may learn that it happened at all.
CREATE TABLE events (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id BIGINT  NOT NULL REFERENCES requests (id),
    author_id  BIGINT  NOT NULL REFERENCES users (id),
    kind       TEXT    NOT NULL,
    public     BOOLEAN NOT NULL,
    detail     TEXT    NOT NULL,
    created_at BIGINT  NOT NULL
);

CREATE INDEX events_by_request ON events (request_id, id);

CREATE TABLE comments (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id BIGINT  NOT NULL REFERENCES requests (id),
    event_id   BIGINT  REFERENCES events (id),
    author_id  BIGINT  NOT NULL REFERENCES users (id),
    body       TEXT    NOT NULL,
    public     BOOLEAN NOT NULL,
    channel    TEXT    NOT NULL,
    created_at BIGINT  NOT NULL
);

CREATE INDEX comments_by_request ON comments (request_id, created_at, id);
CREATE INDEX comments_by_author ON comments (author_id);

-- The answer that a key was given, kept for a day. digest is over method, path and body.
CREATE TABLE idempotency_keys (
    user_id    BIGINT NOT NULL REFERENCES users (id),
    key        TEXT   NOT NULL,
    digest     TEXT   NOT NULL,
    status     BIGINT NOT NULL,
    location   TEXT,
    body       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, key)
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Only the SHA-256 of a token is kept.
CREATE TABLE agent_tokens (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    BIGINT NOT NULL REFERENCES users (id),
    digest     TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE INDEX agent_tokens_by_user ON agent_tokens (user_id);

-- The key that is made at the first start when the configuration names none.
CREATE TABLE identity_keys (
    kid        TEXT   PRIMARY KEY,
    secret     TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

-- People are told numbers; 1001 looks like one.
INSERT INTO sqlite_sequence (name, seq) VALUES ('requests', 1000);
