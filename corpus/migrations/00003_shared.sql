-- +goose Up
-- Whether several publications stand at an address, which then names none of them.
ALTER TABLE identities ADD COLUMN shared INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE identities DROP COLUMN shared;
