-- The name of the one folder of files that goes with this database. It stands in the folder too, so
-- that a server which is given another one finds out before it removes what it does not know.

CREATE TABLE file_folders (
    id         TEXT   PRIMARY KEY,
    created_at BIGINT NOT NULL
);
