-- +goose Up

-- Words of the bot's own that are posted instead of a publication; empty if
-- the delivery is of one.
ALTER TABLE deliveries ADD COLUMN notice TEXT NOT NULL DEFAULT '';

-- What is wrong with the sources and was told of: each problem is told of once.
CREATE TABLE problems (
    source  TEXT    NOT NULL,
    problem TEXT    NOT NULL, -- the same word as long as it lasts
    since   INTEGER NOT NULL,
    PRIMARY KEY (source, problem)
) STRICT;

-- +goose Down
DROP TABLE problems;
ALTER TABLE deliveries DROP COLUMN notice;
