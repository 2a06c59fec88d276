-- What colleagues share, what a request carries beyond its words, and how lists and searches find it.

-- What the members of an organization see of each other's requests; what a person sees on top of
-- that stands with the person. The more generous of the two holds.
ALTER TABLE organizations ADD COLUMN shared_tickets BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE organizations ADD COLUMN shared_comments BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE users ADD COLUMN sharing TEXT NOT NULL DEFAULT 'own'
    CHECK (sharing IN ('own', 'view', 'comment'));

CREATE INDEX organizations_by_name ON organizations (name, id);

-- users.organization_id is the default one of these. by_host: the host's token said so, and a token
-- that says otherwise ends it; the others were made by agents and stay.
CREATE TABLE organization_memberships (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id         BIGINT  NOT NULL REFERENCES users (id),
    organization_id BIGINT  NOT NULL REFERENCES organizations (id),
    by_host         BOOLEAN NOT NULL,
    created_at      BIGINT  NOT NULL,
    updated_at      BIGINT  NOT NULL,
    UNIQUE (user_id, organization_id)
);

CREATE INDEX organization_memberships_by_organization
    ON organization_memberships (organization_id, user_id);

INSERT INTO organization_memberships (user_id, organization_id, by_host, created_at, updated_at)
SELECT id, organization_id, TRUE, updated_at, updated_at FROM users
WHERE organization_id IS NOT NULL ORDER BY id;

-- custom_fields is the JSON array of the wire, tags one of words. solved_at is when the present
-- solution began, from which the automatic closing counts.
ALTER TABLE requests ADD COLUMN followup_source_id BIGINT REFERENCES requests (id);
ALTER TABLE requests ADD COLUMN external_id TEXT;
ALTER TABLE requests ADD COLUMN recipient TEXT;
ALTER TABLE requests ADD COLUMN due_at BIGINT;
ALTER TABLE requests ADD COLUMN solved_at BIGINT;
ALTER TABLE requests ADD COLUMN custom_fields TEXT NOT NULL DEFAULT '[]';
ALTER TABLE requests ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';

UPDATE requests SET solved_at = updated_at WHERE status = 'solved';

-- A copy carries what its list is filtered and sorted by, as the request has it.
ALTER TABLE request_ccs ADD COLUMN status TEXT NOT NULL DEFAULT 'new';
ALTER TABLE request_ccs ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE request_ccs ADD COLUMN public_updated_at BIGINT NOT NULL DEFAULT 0;

UPDATE request_ccs SET
    status = (SELECT r.status FROM requests r WHERE r.id = request_id),
    created_at = (SELECT r.created_at FROM requests r WHERE r.id = request_id),
    public_updated_at = (SELECT r.public_updated_at FROM requests r WHERE r.id = request_id);

-- One index for each list and each order. The status stands behind the order, so that a filter by
-- status reads the index alone. These replace the ones before them, which had no status.
DROP INDEX requests_of_requester_by_update;
DROP INDEX requests_of_requester_by_creation;
DROP INDEX requests_of_organization_by_update;
DROP INDEX requests_of_assignee;
DROP INDEX request_ccs_by_user;

CREATE INDEX requests_of_requester_by_created
    ON requests (requester_id, created_at, id, status);
CREATE INDEX requests_of_requester_by_updated
    ON requests (requester_id, public_updated_at, id, status);
CREATE INDEX requests_of_organization_by_created
    ON requests (organization_id, created_at, id, status);
CREATE INDEX requests_of_organization_by_updated
    ON requests (organization_id, public_updated_at, id, status);
CREATE INDEX requests_of_assignee_by_created ON requests (assignee_id, created_at, id, status);
CREATE INDEX requests_of_assignee_by_updated ON requests (assignee_id, updated_at, id, status);
CREATE INDEX requests_by_created ON requests (created_at, id, status, priority);
CREATE INDEX requests_by_updated ON requests (updated_at, id, status, priority);
CREATE INDEX request_ccs_by_created ON request_ccs (user_id, created_at, request_id, status);
CREATE INDEX request_ccs_by_updated
    ON request_ccs (user_id, public_updated_at, request_id, status);

CREATE INDEX requests_by_external_id ON requests (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX requests_by_followup_source
    ON requests (followup_source_id) WHERE followup_source_id IS NOT NULL;
CREATE INDEX requests_to_close ON requests (solved_at) WHERE status = 'solved';

-- The words of each request under its id. `scope` holds a token for each person and organization
-- through whom it may be found (r7 requester, c8 copied, o5 organization), so that a search among
-- somebody's own requests never walks through everybody's. Private notes have a column of their
-- own. The texts themselves are not kept twice.
CREATE VIRTUAL TABLE request_texts USING fts5 (
    scope, subject, names, public, private,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- Requests whose words have to be gathered anew: those from before there was a search, and those
-- of people whose name has changed since.
CREATE TABLE stale_texts (
    request_id BIGINT PRIMARY KEY REFERENCES requests (id)
);

INSERT INTO stale_texts (request_id) SELECT id FROM requests;
