-- +goose Up

-- One row: the last place that was given in the order of arrival and change.
-- Whoever takes the next one holds the row until the end of the transaction,
-- so that places become visible in their order.
CREATE TABLE sequence (
    last INTEGER NOT NULL
) STRICT;
INSERT INTO sequence (last) VALUES (0);

-- What was published, as it is now.
CREATE TABLE publications (
    id        TEXT    NOT NULL PRIMARY KEY,
    seq       INTEGER NOT NULL UNIQUE,
    first     INTEGER NOT NULL,           -- seq of the first arrival
    url       TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    authors   TEXT    NOT NULL,           -- JSON, a list of strings
    published TEXT    NOT NULL,           -- RFC 3339, empty if unknown
    language  TEXT    NOT NULL,
    text      TEXT    NOT NULL,
    takeaways TEXT    NOT NULL,           -- JSON, a list of {"Start", "End"}
    extracted INTEGER NOT NULL,           -- 0 or 1: whether the takeaways are not the publication's own
    headings  TEXT    NOT NULL,           -- JSON, a list of {"Start", "End"}
    pages     TEXT    NOT NULL,           -- JSON, a list of numbers
    partial   INTEGER NOT NULL,           -- 0 or 1
    addresses TEXT    NOT NULL,           -- JSON, a list of strings
    source    TEXT    NOT NULL,
    arrived   INTEGER NOT NULL,           -- milliseconds since 1970
    backlog   INTEGER NOT NULL,           -- 0 or 1
    withdrawn INTEGER NOT NULL,           -- 0 or 1
    newest    INTEGER NOT NULL            -- published, else arrived, in milliseconds since 1970
) STRICT;
CREATE INDEX publications_newest ON publications (withdrawn, newest, seq);

-- The texts that publications had before.
CREATE TABLE revisions (
    id       TEXT    NOT NULL REFERENCES publications (id),
    seq      INTEGER NOT NULL,            -- the last one under which this text stood
    text     TEXT    NOT NULL,
    hash     TEXT    NOT NULL,            -- sha256 of the text, in hexadecimal
    replaced INTEGER NOT NULL,            -- milliseconds since 1970
    PRIMARY KEY (id, seq)
) STRICT;

-- By what else publications are recognised: other IDs, and addresses in their canonical form.
CREATE TABLE identities (
    kind TEXT NOT NULL CHECK (kind IN ('id', 'address')),
    name TEXT NOT NULL,
    doc  TEXT NOT NULL REFERENCES publications (id),
    PRIMARY KEY (kind, name)
) STRICT;

-- The SimHash of each text, in four parts of 16 bits, to find texts that are nearly the same.
CREATE TABLE fingerprints (
    doc   TEXT    NOT NULL PRIMARY KEY REFERENCES publications (id),
    band0 INTEGER NOT NULL,
    band1 INTEGER NOT NULL,
    band2 INTEGER NOT NULL,
    band3 INTEGER NOT NULL
) STRICT;
CREATE INDEX fingerprints_band0 ON fingerprints (band0);
CREATE INDEX fingerprints_band1 ON fingerprints (band1);
CREATE INDEX fingerprints_band2 ON fingerprints (band2);
CREATE INDEX fingerprints_band3 ON fingerprints (band3);

-- How far each source was read.
CREATE TABLE sources (
    name    TEXT NOT NULL PRIMARY KEY,
    state   BLOB,                         -- what the source returned last
    fetched INTEGER                       -- last success, in milliseconds since 1970; null before the first
) STRICT;

-- +goose Down
DROP TABLE fingerprints;
DROP TABLE identities;
DROP TABLE sources;
DROP TABLE revisions;
DROP TABLE publications;
DROP TABLE sequence;
