-- Version 2. Timelines across channels, and what each conversation tells.

-- step: Conversation::Notices
ALTER TABLE conversation ADD COLUMN notices INTEGER NOT NULL DEFAULT 0;

-- step: whether its posts are in Home
ALTER TABLE conversation ADD COLUMN is_in_home INTEGER NOT NULL DEFAULT 1;

-- step: threads of all channels by their newest comment
CREATE INDEX post_feed ON post (last_activity) WHERE in_reply_to IS NULL AND is_shown = 1;

-- step: what we wrote
CREATE INDEX post_own ON post (thread) WHERE state > 0;

-- step: where we were mentioned
CREATE INDEX post_mention ON post (thread) WHERE is_mention = 1;
