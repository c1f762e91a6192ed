-- Version 1. Times are UTC milliseconds; ids are kept as they came from the network (see
-- app/store/sql/CompactId.h), NULL where there is none.
-- Enumerations are the numbers of app/domain.

-- step: a file of another program must not be taken for ours ("Cuml")
PRAGMA application_id = 1131769196;

-- step: accounts; numbers are never used twice, since keyring entries and windows may outlive a row
CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    jid TEXT NOT NULL UNIQUE,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    is_enabled INTEGER NOT NULL,
    asks_for_password INTEGER NOT NULL,
    trusted_certificate BLOB,
    channel_service TEXT,
    status_text TEXT NOT NULL,
    show INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0, -- its rows are being deleted, little by little
    added INTEGER NOT NULL, -- what the archive holds from before was read elsewhere
    archive_newest TEXT
);

-- step: stretches of an archive that were skipped
CREATE TABLE archive_gap (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    after TEXT,
    before TEXT,
    until INTEGER
);

-- step: gaps are asked for by account
CREATE INDEX archive_gap_account ON archive_gap (account);

-- step: the roster of last time
CREATE TABLE roster_item (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    jid TEXT NOT NULL,
    name TEXT NOT NULL,
    groups TEXT NOT NULL, -- separated by U+001F, which XML cannot carry
    subscription INTEGER NOT NULL,
    is_asked INTEGER NOT NULL,
    PRIMARY KEY (account, jid)
) WITHOUT ROWID;

-- step: people who wait for an answer
CREATE TABLE subscription_request (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    jid TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (account, jid)
) WITHOUT ROWID;

-- step: pictures, each once
CREATE TABLE avatar (
    sha1 BLOB PRIMARY KEY,
    media_type TEXT NOT NULL,
    data BLOB NOT NULL
);

-- step: who shows which picture
CREATE TABLE avatar_of (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    jid TEXT NOT NULL,
    sha1 BLOB NOT NULL REFERENCES avatar ON DELETE CASCADE,
    PRIMARY KEY (account, jid)
) WITHOUT ROWID;

-- step: is a picture still shown by anybody
CREATE INDEX avatar_of_picture ON avatar_of (sha1);

-- step: a picture that nobody shows any more goes
CREATE TRIGGER avatar_unused AFTER DELETE ON avatar_of BEGIN
    DELETE FROM avatar WHERE sha1 = old.sha1 AND NOT EXISTS (SELECT 1 FROM avatar_of WHERE sha1 = old.sha1);
END;

-- step: settings
CREATE TABLE preference (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- step: chats and channels; what the list shows is kept here, so that showing it reads nothing else
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    kind INTEGER NOT NULL,
    jid TEXT NOT NULL,
    is_followed INTEGER NOT NULL, -- always 1 for chats
    is_hidden INTEGER NOT NULL DEFAULT 0,
    last_activity INTEGER NOT NULL DEFAULT 0,
    newest INTEGER NOT NULL DEFAULT 0, -- row of the message or post that preview is taken from
    preview TEXT NOT NULL DEFAULT '',
    preview_author TEXT, -- bare address, only in channels
    preview_state INTEGER NOT NULL DEFAULT 0,
    preview_is_own INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0, -- kept by triggers
    mentions INTEGER NOT NULL DEFAULT 0, -- kept by triggers
    read_time INTEGER NOT NULL DEFAULT 0,
    read_row INTEGER NOT NULL DEFAULT 0,
    displayed_time INTEGER NOT NULL DEFAULT 0, -- the other side has seen everything up to here
    displayed_row INTEGER NOT NULL DEFAULT 0,
    oldest_archived TEXT,
    oldest_archived_time INTEGER,
    is_history_complete INTEGER NOT NULL DEFAULT 0,
    anchor TEXT NOT NULL DEFAULT '',
    UNIQUE (account, kind, jid)
);

-- step: the list on screen
CREATE INDEX conversation_listed ON conversation (last_activity, id) WHERE is_hidden = 0 AND is_followed = 1;

-- step: unsent texts; thread is empty for the main composer
CREATE TABLE draft (
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    thread TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (conversation, thread)
) WITHOUT ROWID;

-- step: chat messages. identity: see app/store/sql/Fingerprint.h
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    time INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    state INTEGER NOT NULL, -- DeliveryState; 0: not ours
    flags INTEGER NOT NULL, -- see app/store/sql/MessageRows.h
    is_unread INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 0,
    sender TEXT, -- "/resource" of the peer or of ourselves; a whole address where it is somebody else's
    message_id TEXT,
    origin_id TEXT, -- NULL also where it equals message_id: see flags
    archive_id TEXT,
    body TEXT NOT NULL
);

-- step: pages of a chat
CREATE INDEX message_page ON message (conversation, time);

-- step: repeats without an archive id; receipts, markers and corrections find what they speak of
CREATE UNIQUE INDEX message_identity ON message (account, identity);

-- step: repeats with an archive id
CREATE UNIQUE INDEX message_archived ON message (account, archive_id) WHERE archive_id IS NOT NULL;

-- step: what is still unread
CREATE INDEX message_unread ON message (conversation, time) WHERE is_unread = 1;

-- step: wordings of corrected messages: the first one, the corrections, and corrections of messages not yet known
CREATE TABLE wording (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    message INTEGER REFERENCES message ON DELETE CASCADE, -- NULL: waits for its message
    identity INTEGER, -- NULL: the first wording
    is_own INTEGER NOT NULL,
    replaces TEXT NOT NULL,
    message_id TEXT,
    time INTEGER NOT NULL,
    body TEXT NOT NULL
);

-- step: repeats of corrections
CREATE UNIQUE INDEX wording_identity ON wording (conversation, identity);

-- step: the wordings of a message, the newest last
CREATE INDEX wording_message ON wording (message, time);

-- step: what waits for its message
CREATE INDEX wording_waiting ON wording (conversation, is_own, replaces) WHERE message IS NULL;

-- step: receipts may name a correction
CREATE INDEX wording_id ON wording (conversation, message_id);

-- step: receipts and markers that came before their message
CREATE TABLE notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    is_own INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    state INTEGER NOT NULL,
    UNIQUE (conversation, is_own, message_id)
);

-- step: what we wrote and the server has not yet taken
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    origin_id TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    wording INTEGER REFERENCES wording ON DELETE CASCADE, -- of a correction
    replaces TEXT,
    body TEXT NOT NULL,
    time INTEGER NOT NULL,
    state INTEGER NOT NULL,
    error_kind INTEGER NOT NULL DEFAULT 0,
    error_detail TEXT NOT NULL DEFAULT '',
    is_bounced INTEGER NOT NULL DEFAULT 0, -- refused after our server took it: being in the archive proves nothing
    UNIQUE (account, origin_id)
);

-- step: what waits, in the order it was written
CREATE INDEX outbox_account ON outbox (account);

-- step: the entries of a message
CREATE INDEX outbox_message ON outbox (message);

-- step: foreign key
CREATE INDEX outbox_wording ON outbox (wording) WHERE wording IS NOT NULL;

-- step: channels; every one has its entry in the list of conversations, which tells its address
CREATE TABLE channel (
    conversation INTEGER PRIMARY KEY REFERENCES conversation ON DELETE CASCADE,
    title TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    access_model INTEGER NOT NULL DEFAULT 1,
    default_affiliation INTEGER NOT NULL DEFAULT 2,
    type INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    created INTEGER,
    own_affiliation INTEGER NOT NULL DEFAULT 0,
    own_subscription INTEGER NOT NULL DEFAULT 0,
    followers INTEGER NOT NULL DEFAULT -1,
    is_gone INTEGER NOT NULL DEFAULT 0,
    newest_published INTEGER,
    history_after TEXT NOT NULL DEFAULT '',
    is_history_complete INTEGER NOT NULL DEFAULT 0
);

-- step: the members of a channel as they were listed last
CREATE TABLE channel_member (
    channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
    jid TEXT NOT NULL,
    affiliation INTEGER NOT NULL,
    subscription INTEGER NOT NULL,
    PRIMARY KEY (channel, jid)
) WITHOUT ROWID;

-- step: posts, comments and ratings
CREATE TABLE post (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
    item TEXT, -- NULL: ours, not yet sent
    thread INTEGER REFERENCES post ON DELETE CASCADE, -- row of its start; NULL: is one, or its start is not known
    in_reply_to TEXT, -- NULL: is a start
    target TEXT,
    author TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    published INTEGER NOT NULL,
    updated INTEGER, -- NULL: not yet seen from the service
    origin_id TEXT,
    rating INTEGER NOT NULL,
    state INTEGER NOT NULL,
    is_shown INTEGER NOT NULL, -- 0: a rating, or its retraction waits
    is_unread INTEGER NOT NULL DEFAULT 0, -- 2: unread as soon as its start is known
    is_mention INTEGER NOT NULL DEFAULT 0,
    last_activity INTEGER NOT NULL, -- of a start: its own or its newest comment's time
    comments INTEGER NOT NULL DEFAULT 0, -- of a start: how many are shown
    revision INTEGER NOT NULL DEFAULT 0
);

-- step: repeats
CREATE UNIQUE INDEX post_item ON post (channel, item) WHERE item IS NOT NULL;

-- step: our own ones, until they have an item
CREATE INDEX post_waiting ON post (channel, origin_id) WHERE item IS NULL;

-- step: threads by their start
CREATE INDEX post_by_start ON post (channel, published) WHERE in_reply_to IS NULL AND is_shown = 1;

-- step: threads by their newest comment
CREATE INDEX post_by_activity ON post (channel, last_activity) WHERE in_reply_to IS NULL AND is_shown = 1;

-- step: comments of a thread
CREATE INDEX post_comment ON post (thread, is_shown, published) WHERE thread IS NOT NULL;

-- step: comments whose start is not known
CREATE INDEX post_orphan ON post (channel, in_reply_to) WHERE in_reply_to IS NOT NULL AND thread IS NULL;

-- step: what is still unread
CREATE INDEX post_unread ON post (channel, published) WHERE is_unread = 1;

-- step: posts and retractions of ours that the service has not yet taken
CREATE TABLE post_outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    post INTEGER NOT NULL UNIQUE REFERENCES post ON DELETE CASCADE,
    is_retraction INTEGER NOT NULL,
    time INTEGER NOT NULL,
    state INTEGER NOT NULL,
    error_kind INTEGER NOT NULL DEFAULT 0,
    error_detail TEXT NOT NULL DEFAULT ''
);

-- step: the outbox is asked for by account
CREATE INDEX post_outbox_account ON post_outbox (account);

-- step: words of messages (row id * 2) and posts (row id * 2 + 1); see app/store/sql/SearchText.h
CREATE VIRTUAL TABLE search USING fts5(
    words, content = '', contentless_delete = 1, detail = none, prefix = '2 3', tokenize = 'ascii'
);

-- step: row ids of search that are to be indexed
CREATE TABLE search_waiting (id INTEGER PRIMARY KEY);

-- step: unread counters, one more
CREATE TRIGGER message_unread_added AFTER INSERT ON message WHEN new.is_unread = 1 BEGIN
    UPDATE conversation SET unread = unread + 1 WHERE id = new.conversation;
END;

-- step: unread counters, read
CREATE TRIGGER message_unread_changed AFTER UPDATE OF is_unread ON message WHEN new.is_unread <> old.is_unread BEGIN
    UPDATE conversation SET unread = unread + new.is_unread - old.is_unread WHERE id = new.conversation;
END;

-- step: what is gone is neither unread nor found
CREATE TRIGGER message_gone AFTER DELETE ON message BEGIN
    UPDATE conversation SET unread = unread - 1 WHERE id = old.conversation AND old.is_unread = 1;
    DELETE FROM search WHERE rowid = old.id * 2;
END;

-- step: unread posts, one more
CREATE TRIGGER post_unread_added AFTER INSERT ON post WHEN new.is_unread = 1 BEGIN
    UPDATE conversation SET unread = unread + 1, mentions = mentions + new.is_mention WHERE id = new.channel;
END;

-- step: unread posts, read
CREATE TRIGGER post_unread_changed AFTER UPDATE OF is_unread ON post
WHEN (new.is_unread = 1) <> (old.is_unread = 1) BEGIN
    UPDATE conversation SET
        unread = unread + (new.is_unread = 1) - (old.is_unread = 1),
        mentions = mentions + new.is_mention * (new.is_unread = 1) - old.is_mention * (old.is_unread = 1)
    WHERE id = new.channel;
END;

-- step: what is gone is neither unread nor found
CREATE TRIGGER post_gone AFTER DELETE ON post BEGIN
    UPDATE conversation SET unread = unread - 1, mentions = mentions - old.is_mention
    WHERE id = old.channel AND old.is_unread = 1;
    DELETE FROM search WHERE rowid = old.id * 2 + 1;
END;
