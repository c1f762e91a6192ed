-- Version 6. What people say of themselves in one line, where they write from, and a channel service chosen by hand.

-- step: a place as its author tells it
ALTER TABLE post ADD COLUMN place TEXT NOT NULL DEFAULT '';

-- step: asked instead of looking for one; NULL: it is looked for
ALTER TABLE account ADD COLUMN chosen_channel_service TEXT;

-- step: the newest line of a node that says one thing, as a status
CREATE TABLE node_line (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    node TEXT NOT NULL,
    text TEXT NOT NULL,
    published INTEGER, -- NULL: not yet seen from the service
    waiting TEXT, -- what we wrote and the service has not yet taken; NULL: nothing
    PRIMARY KEY (account, node)
) WITHOUT ROWID;
