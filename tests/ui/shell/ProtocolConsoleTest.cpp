#include "ui/shell/ProtocolConsole.h"
#include "kit/TestMain.h"
#include "shell/WindowBench.h"

#include <QLineEdit>
#include <QPlainTextEdit>

using namespace cumulet;
using namespace cumulet::tests;
using namespace Qt::StringLiterals;

class ProtocolConsoleTest : public QObject
{
    Q_OBJECT

    static QPlainTextEdit *open(WindowBench &bench)
    {
        const auto actions = bench.window->findChildren<QAction *>();
        for (QAction *action : actions) {
            if (action->text() == u"&Protocol console…"_s) {
                action->trigger();
            }
        }
        return bench.find<QPlainTextEdit>(u"consoleText"_s);
    }
    static void record(WindowBench &bench, const QString &text, bool isSent = false)
    {
        Q_EMIT bench.sessionWire.recorded({isSent, QDateTime::currentDateTimeUtc(), text});
    }

private Q_SLOTS:
    void whatGoesOverTheStreamIsShownAndFiltered()
    {
        WindowBench bench;
        auto *text = open(bench);
        QVERIFY(text);
        record(bench, u"<presence id='first'/>"_s, true);
        record(bench, u"<message><body><b>bold</b> & <img src='file:///etc/passwd'/></body></message>"_s);
        QVERIFY(text->toPlainText().contains(u"<img src='file:///etc/passwd'/>"_s)); // as it is
        QVERIFY(text->toPlainText().contains(u"sent\n<presence id='first'/>"_s));
        QTest::keyClicks(bench.find<QLineEdit>(u"consoleFilter"_s), u"BOLD"_s);
        QVERIFY(!text->toPlainText().contains(u"first"_s));
        QVERIFY(text->toPlainText().contains(u"bold"_s));
        record(bench, u"<iq/>"_s);
        QVERIFY(!text->toPlainText().contains(u"<iq/>"_s));
        bench.find<QLineEdit>(u"consoleFilter"_s)->clear();
        QVERIFY(text->toPlainText().contains(u"<iq/>"_s) && text->toPlainText().contains(u"first"_s));
    }

    void theNewestAreKept()
    {
        WindowBench bench;
        auto *text = open(bench);
        for (int i = 0; i < 600; ++i) {
            record(bench, u"<iq id='%1'/>"_s.arg(i));
        }
        auto *filter = bench.find<QLineEdit>(u"consoleFilter"_s);
        filter->setText(u"<iq"_s);
        QVERIFY(!text->toPlainText().contains(u"id='99'"_s));
        QVERIFY(text->toPlainText().contains(u"id='100'"_s) && text->toPlainText().contains(u"id='599'"_s));
    }

    void nothingIsRecordedWhileItIsClosed()
    {
        WindowBench bench;
        QVERIFY(!bench.sessionWire.recording);
        open(bench);
        QVERIFY(bench.sessionWire.recording);
        QCOMPARE(open(bench), bench.find<QPlainTextEdit>(u"consoleText"_s)); // there is one
        bench.find<ProtocolConsole>()->close();
        QTRY_VERIFY(!bench.sessionWire.recording);
    }
};

CUMULET_TEST(ProtocolConsoleTest)
#include "ProtocolConsoleTest.moc"
