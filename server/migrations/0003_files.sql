-- What people attach. The bytes are in a folder, one file a row; here is what is known about them.

-- A token under which files wait for a comment. The row goes when its files are taken, taken back, or
-- too old; so a token that was used is one that does not exist. owner_id is null for a caller without
-- credentials, whose only proof is the token.
CREATE TABLE uploads (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token      TEXT    NOT NULL UNIQUE,
    owner_id   BIGINT  REFERENCES users (id),
    created_at BIGINT  NOT NULL,
    expires_at BIGINT  NOT NULL
);

CREATE INDEX uploads_by_owner ON uploads (owner_id, expires_at);
CREATE INDEX uploads_by_expiry ON uploads (expires_at);

-- A file either waits under a token or hangs on a comment; its preview goes where it goes. token is
-- the random part of its address, file its name on disk, digest the SHA-256 of its bytes.
CREATE TABLE attachments (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    upload_id    BIGINT  REFERENCES uploads (id),
    comment_id   BIGINT  REFERENCES comments (id),
    preview_of   BIGINT  REFERENCES attachments (id),
    token        TEXT    NOT NULL UNIQUE,
    file         TEXT    NOT NULL UNIQUE,
    file_name    TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    size         BIGINT  NOT NULL,
    digest       TEXT    NOT NULL,
    width        BIGINT,
    height       BIGINT,
    created_at   BIGINT  NOT NULL,
    CHECK ((upload_id IS NULL) <> (comment_id IS NULL))
);

CREATE INDEX attachments_by_upload ON attachments (upload_id);
CREATE INDEX attachments_by_comment ON attachments (comment_id);
CREATE INDEX attachments_by_original ON attachments (preview_of);
