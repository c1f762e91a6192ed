#include "xmpp/DirectoryPayloads.h"

#include "xmpp/XmlText.h"

#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace cumulet::payload {

namespace {

using Content = std::function<void(QXmlStreamWriter *)>;

XmlIq::Writer query(const QString &name, const DirectoryPage &page, const Content &content)
{
    return [=](QXmlStreamWriter *writer) {
        writer->writeStartElement(u"query"_s);
        writer->writeDefaultNamespace(u"http://buddycloud.com/channel_directory/"_s + name);
        content(writer);
        writer->writeStartElement(u"set"_s);
        writer->writeDefaultNamespace(u"http://jabber.org/protocol/rsm"_s);
        writer->writeTextElement(u"max"_s, QString::number(page.max));
        writer->writeTextElement(u"index"_s, QString::number(page.index));
        writer->writeEndElement();
        writer->writeEndElement();
    };
}

XmlIq::Writer queryOf(const QString &name, const QString &element, const QString &text, const DirectoryPage &page)
{
    return query(name, page, [=](QXmlStreamWriter *writer) { writer->writeTextElement(element, xmlText(text)); });
}

void field(QXmlStreamWriter *writer, const QString &var, const QStringList &values)
{
    writer->writeStartElement(u"field"_s);
    writer->writeAttribute(u"var"_s, var);
    for (const auto &value : values) {
        writer->writeTextElement(u"value"_s, xmlText(value));
    }
    writer->writeEndElement();
}

} // namespace

XmlIq::Writer channelsByWords(const QString &words, const DirectoryPage &page)
{
    return queryOf(u"metadata_query"_s, u"search"_s, words, page);
}

XmlIq::Writer postsByWords(const QString &words, const DirectoryPage &page)
{
    return queryOf(u"content_query"_s, u"search"_s, words, page);
}

XmlIq::Writer mostActive(const QString &domain, int days, const DirectoryPage &page)
{
    return query(u"most_active"_s, page, [=](QXmlStreamWriter *writer) {
        if (!domain.isEmpty()) {
            writer->writeTextElement(u"domain"_s, xmlText(domain));
        }
        writer->writeTextElement(u"period"_s, QString::number(days));
    });
}

XmlIq::Writer recommended(const Jid &user, const DirectoryPage &page)
{
    return queryOf(u"recommendation_query"_s, u"user-jid"_s, user.text(), page);
}

XmlIq::Writer similarTo(const Jid &channel, const DirectoryPage &page)
{
    return queryOf(u"similar_channels"_s, u"channel-jid"_s, channel.text(), page);
}

XmlIq::Writer followedPosts(const QStringList &words, int perPage, int page)
{
    return [=](QXmlStreamWriter *writer) {
        writer->writeStartElement(u"query"_s);
        writer->writeDefaultNamespace(u"jabber:iq:search"_s);
        writer->writeStartElement(u"x"_s);
        writer->writeDefaultNamespace(u"jabber:x:data"_s);
        writer->writeAttribute(u"type"_s, u"submit"_s);
        field(writer, u"FORM_TYPE"_s, {u"jabber:iq:search"_s});
        field(writer, u"content"_s, words);
        field(writer, u"rpp"_s, {QString::number(perPage)});
        field(writer, u"page"_s, {QString::number(page)});
        writer->writeEndElement();
        writer->writeEndElement();
    };
}

} // namespace cumulet::payload
