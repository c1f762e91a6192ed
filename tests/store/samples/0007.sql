-- step: one account with everything
INSERT INTO account (id, jid, host, port, is_enabled, asks_for_password, status_text, show, added, archive_newest)
VALUES (1, 'romeo@example.org', '', 0, 1, 0, 'on the way', 1, 1760000000000, 'a2');

-- step: roster
INSERT INTO roster_item (account, jid, name, groups, subscription, is_asked)
VALUES (1, 'juliet@example.org', 'Juliet', 'Family', 3, 0);

-- step: a chat and a channel
INSERT INTO conversation (id, account, kind, jid, is_followed, last_activity, newest, preview, read_time, read_row)
VALUES (1, 1, 0, 'juliet@example.org', 1, 1760000002000, 2, 'Hello', 1760000001000, 1),
       (2, 1, 1, 'cooking@topics.example.org', 1, 1760000005000, 2, 'Yum', 0, 0);

-- step: its face
INSERT INTO channel (conversation, title, own_affiliation, own_subscription, newest_published)
VALUES (2, 'Cooking', 3, 3, 1760000005000);

-- step: messages; ids as text and as the bytes of a UUID
INSERT INTO message (id, account, conversation, time, identity, state, flags, is_unread, sender, message_id, archive_id, body)
VALUES (1, 1, 1, 1760000001000, 4711, 0, 3, 0, '/balcony', 'm1', 'a1', 'Wherefore art thou Romeo?'),
       (2, 1, 1, 1760000002000, 4712, 3, 0, 0, '/phone', x'9f0f1c526d3a4b3e8f0e00000000000f', 'a2', 'Hello'),
       (3, 1, 1, 1760000001500, 4713, 0, 4, 1, '/balcony', 'm3', NULL, 'corrected');

-- step: a correction
INSERT INTO wording (conversation, message, identity, is_own, replaces, message_id, time, body)
VALUES (1, 3, NULL, 0, 'm3', 'm3', 0, 'corected'), (1, 3, 99, 0, 'm3', 'c3', 1760000001600, 'corrected');

-- step: posts
INSERT INTO post (id, channel, item, thread, in_reply_to, author, title, body, published, updated, rating, state, is_shown,
                  is_unread, last_activity, comments)
VALUES (1, 2, 'p1', NULL, NULL, 'juliet@example.org', '', 'Soup', 1760000004000, 1760000004000, 0, 0, 1, 1, 1760000005000, 1),
       (2, 2, 'c1', 1, 'p1', 'romeo@example.org', '', 'Yum', 1760000005000, 1760000005000, 0, 3, 1, 0, 1760000005000, 0);

-- step: something written
INSERT INTO message (id, account, conversation, time, identity, state, flags, message_id, body)
VALUES (4, 1, 1, 1760000003000, 4714, 1, 24, 'o1', 'waiting');

-- step: and its entry
INSERT INTO outbox (account, origin_id, message, body, time, state) VALUES (1, 'o1', 4, 'waiting', 1760000003000, 1);

-- step: to be indexed
INSERT INTO search_waiting (id) VALUES (2), (4), (6), (8), (3), (5);

-- step: a setting
INSERT INTO preference (key, value) VALUES ('theme', 'dark');

-- step: a muted channel that is not in Home
UPDATE conversation SET notices = 4, is_in_home = 0 WHERE id = 2;

-- step: a rating
INSERT INTO post (id, channel, item, thread, in_reply_to, target, author, title, body, published, updated, rating, state, is_shown,
                  is_unread, last_activity, comments)
VALUES (3, 2, 'r1', 1, 'p1', 'c1', 'juliet@example.org', '', '', 1760000006000, 1760000006000, 5, 0, 0, 0, 1760000006000, 0);

-- step: a gap
INSERT INTO channel_gap (channel, after, newest, oldest, is_news) VALUES (2, 'p1', 1760000004000, 1760000001000, 1);

-- step: something that is held, and a thread that is muted
INSERT INTO post (id, channel, author, title, body, published, rating, state, is_shown, last_activity, origin_id)
VALUES (4, 2, 'romeo@example.org', '', 'Held', 1760000007000, 0, 1, 1, 1760000007000, 'held');

-- step: it waits
INSERT INTO post_outbox (account, post, is_retraction, time, state, not_before)
VALUES (1, 4, 0, 1760000007000, 1, 1760000012000);

-- step: muted
UPDATE post SET thread_notices = 2 WHERE id = 1;

-- step: a post with a place
UPDATE post SET place = 'Verona' WHERE id = 1;

-- step: a status that somebody has, and one of ours that waits
INSERT INTO node_line (account, node, text, published, waiting)
VALUES (1, '/user/juliet@example.org/status', 'On the balcony', 1760000004000, NULL),
       (1, '/user/romeo@example.org/status', '', NULL, 'Below it');

-- step: a chosen channel service
UPDATE account SET chosen_channel_service = 'channels.example.org' WHERE id = 1;

-- step: a picture
UPDATE post SET media = 'juliet@example.org m1' WHERE id = 1;

-- step: a file of a draft, and that the draft is one
INSERT INTO attachment (id, post, conversation, thread, file, name, media_type, size, description, media)
VALUES (1, NULL, 2, '', 'f1', 'rose.png', 'image/png', 7, 'a rose', NULL);
