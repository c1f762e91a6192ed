-- Version 3. Ratings are counted at what they rate.

-- step: a rating that names nothing rates the thread's first post
UPDATE post SET target = in_reply_to WHERE rating > 0 AND target IS NULL;

-- step: ratings of an item
CREATE INDEX post_rating ON post (channel, target) WHERE rating > 0;
