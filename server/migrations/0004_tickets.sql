-- What agents do with tickets: notes that nobody else sees, work on many at once, closing by itself.

-- Whether end users see it at all: false while it holds nothing but notes. The copies repeat it, as
-- they repeat all that their list is filtered by.
ALTER TABLE requests ADD COLUMN public BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE request_ccs ADD COLUMN public BOOLEAN NOT NULL DEFAULT TRUE;

-- The JSON array of the ids of staff who follow it.
ALTER TABLE requests ADD COLUMN follower_ids TEXT NOT NULL DEFAULT '[]';

-- The lists of end users read it from their indexes.
DROP INDEX requests_of_requester_by_created;
DROP INDEX requests_of_requester_by_updated;
DROP INDEX requests_of_organization_by_created;
DROP INDEX requests_of_organization_by_updated;
DROP INDEX request_ccs_by_created;
DROP INDEX request_ccs_by_updated;

CREATE INDEX requests_of_requester_by_created
    ON requests (requester_id, created_at, id, status, public);
CREATE INDEX requests_of_requester_by_updated
    ON requests (requester_id, public_updated_at, id, status, public);
CREATE INDEX requests_of_organization_by_created
    ON requests (organization_id, created_at, id, status, public);
CREATE INDEX requests_of_organization_by_updated
    ON requests (organization_id, public_updated_at, id, status, public);
CREATE INDEX request_ccs_by_created
    ON request_ccs (user_id, created_at, request_id, status, public);
CREATE INDEX request_ccs_by_updated
    ON request_ccs (user_id, public_updated_at, request_id, status, public);

-- By which way the call came: api, web … or rule, for what the server does by itself.
ALTER TABLE events ADD COLUMN channel TEXT NOT NULL DEFAULT 'api';

-- The author of what the server does by itself. The number is Zendesk's; the address is none, so
-- nobody can come to have it.
INSERT INTO users (id, email, name, role, created_at, updated_at)
VALUES (-1, 'system', 'Handrail', 'agent', 0, 0);

-- Work on many tickets, each done in a transaction that also writes here how far it is; so after a
-- crash it goes on where it was. work is the JSON of what is to be done, results of what became of it.
CREATE TABLE job_statuses (
    id         TEXT   PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES users (id),
    status     TEXT   NOT NULL CHECK (status IN ('queued', 'working', 'completed', 'failed')),
    work       TEXT   NOT NULL,
    total      BIGINT NOT NULL,
    progress   BIGINT NOT NULL,
    results    TEXT   NOT NULL,
    message    TEXT,
    created_at BIGINT NOT NULL
);

CREATE INDEX job_statuses_by_age ON job_statuses (created_at);
CREATE INDEX job_statuses_to_do ON job_statuses (created_at) WHERE status IN ('queued', 'working');
