#include "Rows.h"

using namespace Qt::StringLiterals;
using namespace cumulet;
using namespace cumulet::tests;

namespace gallery {

static const QDate today = QDate::currentDate();

static ChatRow say(qint64 id, bool own, const QString &text, const QDate &day, const QTime &time)
{
    ChatRow row = chatRow(id, text, own);
    row.time = QDateTime(day, time);
    return row;
}

std::unique_ptr<RowsModel> chat()
{
    const QDate yesterday = today.addDays(-1);
    std::vector<ChatRow> rows{
        say(1, false, u"Three words, dear Romeo, and good night indeed."_s, yesterday, QTime(21, 14)),
        say(2, false, u"If that thy bent of love be honourable, send me word to-morrow."_s, yesterday, QTime(21, 15)),
        say(3, true, u"A thousand times good night!"_s, yesterday, QTime(21, 16)),
        say(4, false, u"By what o’clock to-morrow shall I send to thee?"_s, today, QTime(9, 2)),
        say(5, true, u"> By what o’clock to-morrow…\nBy the hour of nine."_s, today, QTime(9, 2)),
        say(6, false,
            u"I will not fail. ’Tis twenty year till then. I have forgot why I did call thee back — look at the white roses: xmpp:gardeners@topics.verona.example"_s,
            today, QTime(13, 44)),
        say(7, true, u"Let me stand here till thou remember it."_s, today, QTime(14, 3)),
        say(8, true, u"And I’ll still stay, to have thee still forget."_s, today, QTime(14, 3)),
    };
    rows[0].startsDay = yesterday;
    rows[0].groupEnd = false;
    rows[1].groupStart = false;
    rows[3].startsDay = today;
    rows[2].state = DeliveryState::Displayed;
    rows[4].spans = {{TextSpan::Quote, 0, 27, {}}};
    rows[5].startsUnread = true;
    rows[5].unreadSince = QDateTime(today, QTime(13, 20));
    rows[6].state = rows[7].state = DeliveryState::Queued;
    rows[6].groupEnd = false;
    rows[7].groupStart = false;
    auto model = std::make_unique<RowsModel>();
    std::vector<QVariant> values;
    for (const ChatRow &row : rows)
        values.push_back(QVariant::fromValue(row));
    model->reset(values);
    return model;
}

std::unique_ptr<RowsModel> strangeChat()
{
    std::vector<ChatRow> rows;
    rows.reserve(50); // references into it are held below
    qint64 id = 0;
    const auto add = [&](bool own, const QString &text) -> ChatRow & {
        ++id;
        rows.push_back(say(id, own, text, today, QTime(12, int(id))));
        return rows.back();
    };
    ChatRow &styled = add(false, u"*strong* and _emphasis_ and ~strike~ and `code`"_s);
    styled.spans = {{TextSpan::Strong, 0, 8, {}}, {TextSpan::Emphasis, 13, 10, {}}, {TextSpan::Strike, 28, 8, {}},
        {TextSpan::Code, 41, 6, {}}};
    ChatRow &code = add(true, u"Try this:\n```\nfor (int i = 0; i < 3; ++i)\n    send(i);\n```"_s);
    code.spans = {{TextSpan::CodeBlock, 10, int(code.body.size()) - 10, {}}};
    ChatRow &quoted = add(false, u"> > What light?\n> It is the east.\nAnd Juliet is the sun. 🌞🌹"_s);
    quoted.spans = {{TextSpan::Quote, 0, 33, {}}, {TextSpan::Quote, 2, 13, {}}};
    add(false, u"שלום יוליה, מה שלומך היום? נפגשים בערב ליד הגן"_s);
    add(true, u"مرحبا يا روميو"_s).state = DeliveryState::Sent;
    add(false,
        u"世界中のロミオへ。これは日本語のメッセージです。長い文章でも正しく折り返されるはずです。そうですよね？"_s);
    ChatRow &room = add(false, u"A message in a room, @romeo, with a name and a picture"_s);
    room.showsSender = true;
    room.mention = true;
    room.groupEnd = false;
    ChatRow &room2 = add(false, u"and another of the same group"_s);
    room2.showsSender = true;
    room2.groupStart = false;
    room2.edited = true;
    ChatRow &gone = add(false, u"secret"_s);
    gone.retracted = true;
    add(true, u"<img src='file:///etc/passwd'> <b>not bold</b> &amp;"_s).state = DeliveryState::Sending;
    ChatRow &failed = add(true, u"This one did not go through."_s);
    failed.state = DeliveryState::Failed;
    failed.error = {ErrorKind::NotAllowed, {}};
    failed.mayRetry = true;
    add(true, u"wordwithoutanyspacesatall"_s.repeated(8)).edited = true;
    auto model = std::make_unique<RowsModel>();
    std::vector<QVariant> values;
    NoticeRow notice;
    notice.id = 1000;
    notice.kind = NoticeRow::HistoryGap;
    values.push_back(QVariant::fromValue(notice));
    for (const ChatRow &row : rows)
        values.push_back(QVariant::fromValue(row));
    model->reset(values);
    return model;
}

std::unique_ptr<RowsModel> channel()
{
    const QDateTime now = QDateTime::currentDateTime();
    ThreadRow roses = threadRow(1,
        u"The orchard wall roses are out a week early this year. I have cuttings of the white damask for anyone who brings a pot — come by before the evening bell, @mercutio knows the gate. #roses #cuttings"_s);
    roses.post.role = Affiliation::Moderator;
    roses.post.time = now.addSecs(-7300);
    roses.post.edited = true;
    roses.commentCount = 7;
    roses.hiddenComments = 5;
    PostItem tuesday = comment(11, u"How about Tuesday? I can carry the big ones."_s);
    tuesday.replyToName = u"Juliet"_s;
    tuesday.time = now.addSecs(-3700);
    PostItem mine = comment(12, u"I will bring two pots and no excuses."_s);
    mine.own = true;
    mine.authorJid = u"romeo@montague.example"_s;
    mine.authorName = u"Romeo"_s;
    mine.state = DeliveryState::Queued;
    roses.post.ratings = {4, 17, 5};
    roses.post.mayRate = true;
    tuesday.ratings = {2, 10, 5};
    tuesday.mayRate = true;
    roses.comments = {tuesday, mine};
    ThreadRow herbs = threadRow(2,
        u"Within the infant rind of this weak flower poison hath residence and medicine power. Notes from this morning’s walk, with the names in three tongues and where each may be found without climbing. "_s
            + u"For this, being smelt, with that part cheers each part; being tasted, slays all senses with the heart. "_s
                .repeated(24));
    herbs.post.authorJid = u"laurence@friars.example"_s;
    herbs.post.authorName = u"Friar Laurence"_s;
    herbs.post.role = Affiliation::Owner;
    herbs.post.time = now.addSecs(-10900);
    herbs.post.ratings = {12, 60, 0};
    herbs.post.mayRate = true;
    herbs.commentCount = 0;
    herbs.startsUnread = true;
    herbs.unreadSince = QDateTime(today, QTime(13, 20));
    ThreadRow waiting = threadRow(3, u"A post that waits for the network."_s);
    waiting.post.own = true;
    waiting.post.state = DeliveryState::Queued;
    waiting.mayComment = false;
    ThreadRow failed = threadRow(4, u"A post that was refused."_s);
    failed.post.own = true;
    failed.post.state = DeliveryState::Failed;
    failed.post.error = {ErrorKind::NotAllowed, {}};
    failed.post.mayRetry = true;
    failed.mayComment = false;
    ThreadRow merged = threadRow(5, u"A post in a view of many channels, without the right to comment."_s);
    merged.post.channelName = u"xmpp-news"_s;
    merged.post.time = now.addDays(-3);
    merged.mayComment = false;
    merged.commentCount = 1;
    PostItem gone = comment(51, {});
    gone.retracted = true;
    merged.comments = {gone};
    auto model = std::make_unique<RowsModel>();
    model->reset({QVariant::fromValue(roses), QVariant::fromValue(herbs), QVariant::fromValue(waiting),
        QVariant::fromValue(failed), QVariant::fromValue(merged)});
    return model;
}

} // namespace gallery
