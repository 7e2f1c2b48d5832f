-- +goose Up

-- What lets the bot into each workspace of a platform, encrypted with a key that
-- is not in this file.
CREATE TABLE installs (
    platform  TEXT    NOT NULL,
    workspace TEXT    NOT NULL,
    sealed    BLOB    NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (platform, workspace)
) STRICT;

-- +goose Down
DROP TABLE installs;
