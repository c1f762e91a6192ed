-- Version 5. What was written can be taken back for a moment, and threads are followed or muted.

-- step: not sent before that; until then it can be undone. 0: at once
ALTER TABLE post_outbox ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;

-- step: ThreadNotices, of a start
ALTER TABLE post ADD COLUMN thread_notices INTEGER NOT NULL DEFAULT 0;
