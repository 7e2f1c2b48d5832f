-- +goose Up
ALTER TABLE publications ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE publications ADD COLUMN about TEXT NOT NULL DEFAULT ''; -- of the authors

-- +goose Down
ALTER TABLE publications DROP COLUMN about;
ALTER TABLE publications DROP COLUMN section;
