-- Version 7. Pictures and files in channels.

-- step: files of a post on their media servers, one "channel id" a line
ALTER TABLE post ADD COLUMN media TEXT;

-- step: files of ours that wait with a post in the outbox, or belong to a draft
CREATE TABLE attachment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post INTEGER REFERENCES post ON DELETE CASCADE, -- NULL: it belongs to a draft
    conversation INTEGER REFERENCES conversation ON DELETE CASCADE, -- of the draft
    thread TEXT, -- of the draft; empty: a new post
    file TEXT NOT NULL, -- our copy in the profile's folder
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    description TEXT NOT NULL,
    media TEXT -- "channel id" once it lies on the server
);

-- step: attachments of a waiting post
CREATE INDEX attachment_post ON attachment (post) WHERE post IS NOT NULL;

-- step: attachments of a draft
CREATE INDEX attachment_draft ON attachment (conversation, thread) WHERE conversation IS NOT NULL;
