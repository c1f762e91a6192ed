-- Version 4. Stretches of channels that were skipped after an absence, and are filled when the reader wants them; and
-- a way to compare a stretch with what the service has.

-- step: what is above is stored down to newest, and everything up to oldest was known before
CREATE TABLE channel_gap (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
    after TEXT NOT NULL, -- where the service goes on (RSM after); empty: from its newest
    newest INTEGER NOT NULL,
    oldest INTEGER NOT NULL,
    is_news INTEGER NOT NULL -- 1: what comes out of it may be unread
);

-- step: gaps are asked for by channel, from the newest one
CREATE INDEX channel_gap_channel ON channel_gap (channel, newest);

-- step: comments of a stretch, whatever thread they are in
CREATE INDEX post_comment_time ON post (channel, published) WHERE in_reply_to IS NOT NULL;
