-- +goose Up

-- What a post says, as a hash; empty where nobody knows.
ALTER TABLE deliveries ADD COLUMN said TEXT NOT NULL DEFAULT '';

-- The Seq of the change that a post is to follow; 0 while it says what its
-- publication does. Until then due, tries and lease are those of the edit.
ALTER TABLE deliveries ADD COLUMN edit INTEGER NOT NULL DEFAULT 0;
CREATE INDEX deliveries_edit ON deliveries (platform, due) WHERE edit > 0;
CREATE INDEX deliveries_doc ON deliveries (doc);

-- +goose Down
DROP INDEX deliveries_doc;
DROP INDEX deliveries_edit;
ALTER TABLE deliveries DROP COLUMN edit;
ALTER TABLE deliveries DROP COLUMN said;
