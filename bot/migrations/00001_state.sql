-- Times are milliseconds since 1970, UTC.

-- +goose Up
CREATE TABLE cursors (
    name TEXT PRIMARY KEY,
    seq  INTEGER NOT NULL
) STRICT;

-- Publications for which it was decided whether to post them: each is decided on once.
CREATE TABLE announced (
    doc TEXT PRIMARY KEY,
    at  INTEGER NOT NULL
) STRICT;

-- source is empty where a channel follows every source.
CREATE TABLE subscriptions (
    platform  TEXT NOT NULL,
    workspace TEXT NOT NULL,
    channel   TEXT NOT NULL,
    source    TEXT NOT NULL,
    owner     TEXT NOT NULL,
    created   INTEGER NOT NULL,
    paused    TEXT NOT NULL DEFAULT '', -- why nothing is posted any more; empty while all is well
    PRIMARY KEY (platform, channel, source)
) STRICT;

-- One row for each publication and channel. It is due until it is done; it is
-- held while its channel is gone, and dropped when nobody wants it any more.
CREATE TABLE deliveries (
    key      TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    channel  TEXT NOT NULL,
    doc      TEXT NOT NULL,
    seq      INTEGER NOT NULL,            -- order of arrival, in which a channel gets its posts
    state    TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'done', 'held', 'dropped')),
    tries    INTEGER NOT NULL DEFAULT 0,
    unsure   INTEGER NOT NULL DEFAULT 0,  -- 1 if a try may have been posted without our knowing
    due      INTEGER NOT NULL,
    lease    INTEGER NOT NULL DEFAULT 0,  -- until when somebody is at it
    message  TEXT NOT NULL DEFAULT '',   -- the platform's id of the post
    UNIQUE (platform, channel, doc)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (state, platform, channel, seq);

-- Questions that the corpus does not answer.
CREATE TABLE gaps (
    question TEXT PRIMARY KEY,
    times    INTEGER NOT NULL,
    latest   INTEGER NOT NULL
) STRICT;

-- +goose Down
DROP TABLE gaps;
DROP TABLE deliveries;
DROP TABLE subscriptions;
DROP TABLE announced;
DROP TABLE cursors;
