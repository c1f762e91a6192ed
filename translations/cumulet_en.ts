<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>cumulet::ChannelWords</name>
    <message numerus="yes">
        <source>%n follower(s)</source>
        <translation>
            <numerusform>%n follower</numerusform>
            <numerusform>%n followers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cumulet::ChatRowLayout</name>
    <message numerus="yes">
        <source>Show %n more words</source>
        <translation>
            <numerusform>Show %n more word</numerusform>
            <numerusform>Show %n more words</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cumulet::Composer</name>
    <message numerus="yes">
        <source>%n characters too many</source>
        <translation>
            <numerusform>%n character too many</numerusform>
            <numerusform>%n characters too many</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n characters left</source>
        <translation>
            <numerusform>%n character left</numerusform>
            <numerusform>%n characters left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cumulet::ContactScanBar</name>
    <message numerus="yes">
        <source>Look which of your %n contact(s) have a channel?</source>
        <translation>
            <numerusform>Look whether your contact has a channel?</numerusform>
            <numerusform>Look which of your %n contacts have a channel?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of your contacts have a channel.</source>
        <translation>
            <numerusform>%n of your contacts has a channel.</numerusform>
            <numerusform>%n of your contacts have a channel.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cumulet::ConnectionWords</name>
    <message numerus="yes">
        <source>%n thing(s) wait to be sent.</source>
        <translation>
            <numerusform>%n thing waits to be sent.</numerusform>
            <numerusform>%n things wait to be sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cumulet::SpokenConversations</name>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>%n mention</numerusform>
            <numerusform>%n mentions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cumulet::ThreadRowLayout</name>
    <message numerus="yes">
        <source>Show %n more words</source>
        <translation>
            <numerusform>Show %n more word</numerusform>
            <numerusform>Show %n more words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n earlier comments</source>
        <translation>
            <numerusform>Show %n earlier comment</numerusform>
            <numerusform>Show %n earlier comments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n comments</source>
        <translation>
            <numerusform>%n comment</numerusform>
            <numerusform>%n comments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n likes</source>
        <translation>
            <numerusform>%n like</numerusform>
            <numerusform>%n likes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ratings, %1 of 5 on average</source>
        <translation>
            <numerusform>%n rating, %1 of 5</numerusform>
            <numerusform>%n ratings, %1 of 5 on average</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cumulet::TimelineView</name>
    <message numerus="yes">
        <source>↓ %n new messages</source>
        <translation>
            <numerusform>↓ %n new message</numerusform>
            <numerusform>↓ %n new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>↑ %n new posts</source>
        <translation>
            <numerusform>↑ %n new post</numerusform>
            <numerusform>↑ %n new posts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cumulet::Tray</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
</TS>
