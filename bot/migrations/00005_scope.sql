-- +goose Up

-- The only publication that was looked in, by its id; empty for all.
ALTER TABLE pages ADD COLUMN scope TEXT NOT NULL DEFAULT '';

-- The role that posts notify, by the platform's id; empty for nobody.
ALTER TABLE subscriptions ADD COLUMN notify TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE subscriptions DROP COLUMN notify;
ALTER TABLE pages DROP COLUMN scope;
