#include "xmpp/StanzaErrors.h"
#include "kit/TestMain.h"
#include "xmpp/Tasks.h"

#include <QXmppAuthenticationError.h>
#include <QXmppPromise.h>
#include <QXmppSendResult.h>
#include <QXmppStreamError.h>

#include <QDomDocument>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;

namespace {

ErrorKind kindOf(std::any cause)
{
    return toError(QXmppError{u"text"_s, std::move(cause)}).kind;
}

} // namespace

class StanzaErrorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsConditions_data()
    {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<int>("kind");
        const QList<std::pair<QString, ErrorKind>> conditions{
            {u"bad-request"_s, ErrorKind::Rejected},
            {u"conflict"_s, ErrorKind::Conflict},
            {u"feature-not-implemented"_s, ErrorKind::Unsupported},
            {u"forbidden"_s, ErrorKind::NotAllowed},
            {u"gone"_s, ErrorKind::NotFound},
            {u"internal-server-error"_s, ErrorKind::Rejected},
            {u"item-not-found"_s, ErrorKind::NotFound},
            {u"jid-malformed"_s, ErrorKind::NotFound},
            {u"not-acceptable"_s, ErrorKind::Rejected},
            {u"not-allowed"_s, ErrorKind::NotAllowed},
            {u"not-authorized"_s, ErrorKind::NotAllowed},
            {u"policy-violation"_s, ErrorKind::NotAllowed},
            {u"recipient-unavailable"_s, ErrorKind::Unreachable},
            {u"registration-required"_s, ErrorKind::NotAllowed},
            {u"remote-server-not-found"_s, ErrorKind::Unreachable},
            {u"remote-server-timeout"_s, ErrorKind::Unreachable},
            {u"resource-constraint"_s, ErrorKind::SlowDown},
            {u"service-unavailable"_s, ErrorKind::Unsupported},
            {u"subscription-required"_s, ErrorKind::NotAllowed},
            {u"undefined-condition"_s, ErrorKind::Rejected},
            {u"unexpected-request"_s, ErrorKind::Rejected},
        };
        for (const auto &[condition, kind] : conditions) {
            QTest::newRow(qPrintable(condition)) << condition << int(kind);
        }
    }

    void readsConditions()
    {
        QFETCH(QString, condition);
        QFETCH(int, kind);
        QDomDocument document;
        document.setContent(u"<message xmlns='jabber:client' type='error'><error type='cancel'><%1"
                            " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text"
                            " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>%2</text></error></message>"_s.arg(
                                condition, QString(5000, u'x')),
            QDomDocument::ParseOption::UseNamespaceProcessing);
        const auto error = errorIn(document.documentElement());
        QCOMPARE(int(error.kind), kind);
        QVERIFY(error.detail.startsWith(condition));
        QVERIFY(error.detail.size() < 600);
    }

    void readsEverythingElseThatGoesWrong()
    {
        using QXmpp::AuthenticationError;
        using QXmpp::StreamError;
        QCOMPARE(kindOf(AuthenticationError{AuthenticationError::NotAuthorized, {}, {}}), ErrorKind::Authentication);
        QCOMPARE(kindOf(AuthenticationError{AuthenticationError::MechanismMismatch, {}, {}}), ErrorKind::Unsupported);
        QCOMPARE(kindOf(StreamError::Conflict), ErrorKind::Conflict);
        QCOMPARE(kindOf(StreamError::HostUnknown), ErrorKind::NotFound);
        QCOMPARE(kindOf(StreamError::PolicyViolation), ErrorKind::SlowDown);
        QCOMPARE(kindOf(StreamError::SystemShutdown), ErrorKind::Unreachable);
        QCOMPARE(kindOf(StreamError::NotWellFormed), ErrorKind::Malformed);
        QCOMPARE(kindOf(QXmpp::TimeoutError{}), ErrorKind::Timeout);
        QCOMPARE(kindOf(QXmpp::SendError::Disconnected), ErrorKind::Offline);
        QCOMPARE(kindOf(QAbstractSocket::HostNotFoundError), ErrorKind::Unreachable);
        QCOMPARE(kindOf({}), ErrorKind::Rejected);
    }

    // QXmpp keeps a request that nobody answers until the stream ends
    void aRequestEndsWithinItsLimit()
    {
        using Answer = std::variant<QString, QXmppError>;
        QXmppPromise<Answer> promise;
        const auto future = fromTask<QString>(promise.task(), this, std::chrono::milliseconds(20));
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::Timeout);
        promise.finish(Answer(u"too late"_s));
        QCOMPARE(future.resultCount(), 1);
    }

    void anAnswerInTimeIsTheAnswer()
    {
        using Answer = std::variant<QString, QXmppError>;
        QXmppPromise<Answer> promise;
        const auto future = fromTask<QString>(promise.task(), this);
        promise.finish(Answer(u"yes"_s));
        QCOMPARE(*future.result(), u"yes"_s);
    }
};

CUMULET_TEST(StanzaErrorsTest)
#include "StanzaErrorsTest.moc"
