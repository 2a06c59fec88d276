-- What agents note about people and customers, who follows which customer's requests, and how
-- people and customers are found.

-- suspended: nobody may call in that person's name until an agent lifts it. active: false for
-- somebody whom an agent deleted; whoever is vouched for again comes back.
ALTER TABLE users ADD COLUMN phone TEXT;
ALTER TABLE users ADD COLUMN details TEXT;
ALTER TABLE users ADD COLUMN notes TEXT;
ALTER TABLE users ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE users ADD COLUMN suspended BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE users ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;

-- One index for each list.
CREATE INDEX users_active ON users (id, role) WHERE active;
CREATE INDEX users_of_staff ON users (id) WHERE active AND role <> 'end-user';

-- external_id holds the host's id, or, for an organization that an agent made without one, a
-- control character and a number. No id of a host's or an agent's has a control character in it.
ALTER TABLE organizations ADD COLUMN details TEXT;
ALTER TABLE organizations ADD COLUMN notes TEXT;
ALTER TABLE organizations ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';

-- A membership lasts while the host's token says so or an agent has given it.
ALTER TABLE organization_memberships ADD COLUMN by_agent BOOLEAN NOT NULL DEFAULT FALSE;

UPDATE organization_memberships SET by_agent = NOT by_host;

-- Whoever belongs no more follows no more.
CREATE TABLE organization_subscriptions (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id         BIGINT  NOT NULL,
    organization_id BIGINT  NOT NULL,
    created_at      BIGINT  NOT NULL,
    UNIQUE (user_id, organization_id),
    FOREIGN KEY (user_id, organization_id)
        REFERENCES organization_memberships (user_id, organization_id) ON DELETE CASCADE
);

CREATE INDEX organization_subscriptions_by_organization
    ON organization_subscriptions (organization_id, user_id);

-- last_used_at is the day, so that a call does not have to write.
ALTER TABLE agent_tokens ADD COLUMN description TEXT;
ALTER TABLE agent_tokens ADD COLUMN last_used_at BIGINT;

-- Words of names and addresses. The tables that have them keep them; these find them. Triggers keep
-- both alike, whoever writes.
CREATE VIRTUAL TABLE user_texts USING fts5 (
    name, email, external_id,
    content = 'users', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

CREATE TRIGGER user_texts_of_new AFTER INSERT ON users BEGIN
    INSERT INTO user_texts (rowid, name, email, external_id)
    VALUES (new.id, new.name, new.email, new.external_id);
END;

CREATE TRIGGER user_texts_of_removed AFTER DELETE ON users BEGIN
    INSERT INTO user_texts (user_texts, rowid, name, email, external_id)
    VALUES ('delete', old.id, old.name, old.email, old.external_id);
END;

CREATE TRIGGER user_texts_of_changed AFTER UPDATE OF name, email, external_id ON users
WHEN old.name <> new.name OR old.email <> new.email OR old.external_id IS NOT new.external_id BEGIN
    INSERT INTO user_texts (user_texts, rowid, name, email, external_id)
    VALUES ('delete', old.id, old.name, old.email, old.external_id);
    INSERT INTO user_texts (rowid, name, email, external_id)
    VALUES (new.id, new.name, new.email, new.external_id);
END;

INSERT INTO user_texts (user_texts) VALUES ('rebuild');

CREATE VIRTUAL TABLE organization_texts USING fts5 (
    name,
    content = 'organizations', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

CREATE TRIGGER organization_texts_of_new AFTER INSERT ON organizations BEGIN
    INSERT INTO organization_texts (rowid, name) VALUES (new.id, new.name);
END;

CREATE TRIGGER organization_texts_of_removed AFTER DELETE ON organizations BEGIN
    INSERT INTO organization_texts (organization_texts, rowid, name)
    VALUES ('delete', old.id, old.name);
END;

CREATE TRIGGER organization_texts_of_changed AFTER UPDATE OF name ON organizations
WHEN old.name <> new.name BEGIN
    INSERT INTO organization_texts (organization_texts, rowid, name)
    VALUES ('delete', old.id, old.name);
    INSERT INTO organization_texts (rowid, name) VALUES (new.id, new.name);
END;

INSERT INTO organization_texts (organization_texts) VALUES ('rebuild');

-- The words of each membership's person under its id, with a token for the organization (o5), so
-- that a search among colleagues never walks through everybody.
CREATE VIRTUAL TABLE member_texts USING fts5 (
    scope, name, email,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

CREATE TRIGGER member_texts_of_new AFTER INSERT ON organization_memberships BEGIN
    INSERT INTO member_texts (rowid, scope, name, email)
    SELECT new.id, 'o' || new.organization_id, name, email FROM users WHERE id = new.user_id;
END;

CREATE TRIGGER member_texts_of_removed AFTER DELETE ON organization_memberships BEGIN
    DELETE FROM member_texts WHERE rowid = old.id;
END;

CREATE TRIGGER member_texts_of_changed AFTER UPDATE OF name, email ON users
WHEN old.name <> new.name OR old.email <> new.email BEGIN
    DELETE FROM member_texts
    WHERE rowid IN (SELECT id FROM organization_memberships WHERE user_id = new.id);
    INSERT INTO member_texts (rowid, scope, name, email)
    SELECT id, 'o' || organization_id, new.name, new.email
    FROM organization_memberships WHERE user_id = new.id;
END;

INSERT INTO member_texts (rowid, scope, name, email)
SELECT m.id, 'o' || m.organization_id, u.name, u.email
FROM organization_memberships m JOIN users u ON u.id = m.user_id;
