-- +goose Up

-- Answers whose buttons can still be pressed. A button carries the id only.
CREATE TABLE pages (
    id        TEXT PRIMARY KEY,
    platform  TEXT    NOT NULL,
    workspace TEXT    NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('answer', 'nearest', 'list')),
    question  TEXT    NOT NULL,            -- empty for a list
    lead      TEXT    NOT NULL,            -- the bot's own words above the passages
    takeaways INTEGER NOT NULL,            -- 1 if the passages stand for takeaways
    private   INTEGER NOT NULL,
    per       INTEGER NOT NULL,            -- passages shown at once, at most
    room      INTEGER NOT NULL,            -- characters shown at once, about
    first     INTEGER NOT NULL DEFAULT 0,  -- the first passage that is shown, from 0
    wide      INTEGER NOT NULL DEFAULT 0,  -- 1 while whole paragraphs are shown
    shared    INTEGER NOT NULL DEFAULT 0,
    created   INTEGER NOT NULL
) STRICT;
CREATE INDEX pages_created ON pages (created);

-- The passages of such an answer, best first. sum tells whether the words still
-- stand in the publication as they did.
CREATE TABLE passages (
    page       TEXT    NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    doc        TEXT    NOT NULL,
    start      INTEGER NOT NULL,
    stop       INTEGER NOT NULL,
    bold_start INTEGER NOT NULL,
    bold_stop  INTEGER NOT NULL,
    takeaway   INTEGER NOT NULL,
    voice      TEXT    NOT NULL,
    sum        TEXT    NOT NULL,
    PRIMARY KEY (page, n)
) STRICT;

-- What people said of an answer, the last word of each of them.
CREATE TABLE feedback (
    page     TEXT    NOT NULL,
    person   TEXT    NOT NULL,
    question TEXT    NOT NULL,
    helpful  INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (page, person)
) STRICT;

-- Threads in which the bot was asked something, so that "more" needs no question.
CREATE TABLE threads (
    platform TEXT    NOT NULL,
    channel  TEXT    NOT NULL,
    thread   TEXT    NOT NULL,
    question TEXT    NOT NULL,
    page     TEXT    NOT NULL, -- the newest answer there; empty if it had no passages
    at       INTEGER NOT NULL,
    PRIMARY KEY (platform, channel, thread)
) STRICT;

-- +goose Down
DROP TABLE threads;
DROP TABLE feedback;
DROP TABLE passages;
DROP TABLE pages;
