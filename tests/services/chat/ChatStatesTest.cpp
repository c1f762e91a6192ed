#include "services/chat/ChatStates.h"

#include "kit/TestMain.h"
#include "services/ChatBench.h"

#include <QSignalSpy>

using namespace cumulet;
using namespace cumulet::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

struct Bench : ChatBench
{
    Bench() { states.start(); }
    QList<ChatState> sentTo(const Jid &peer)
    {
        QList<ChatState> sent;
        for (const FakeChatWire::SentState &state : std::as_const(chatWire->states)) {
            if (state.peer == peer) {
                sent.append(state.state);
            }
        }
        return sent;
    }
    ChatStates states{*chatWire, *roster};
};

} // namespace

class ChatStatesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typingIsToldOnceThenPaused()
    {
        Bench bench;
        bench.states.setPauseAfter(30ms);
        for (int key = 0; key < 10; ++key) {
            bench.states.noteTyping(bench.juliet, false);
        }
        QCOMPARE(bench.sentTo(bench.juliet), QList<ChatState>({ChatState::Composing}));
        QTRY_COMPARE(bench.sentTo(bench.juliet), QList<ChatState>({ChatState::Composing, ChatState::Paused}));
        bench.states.noteTyping(bench.juliet, false);
        QCOMPARE(bench.sentTo(bench.juliet).last(), ChatState::Composing);
    }

    void anEmptiedComposerIsActiveAgain()
    {
        Bench bench;
        bench.states.noteTyping(bench.juliet, true); // nothing was ever written: nothing to take back
        QVERIFY(bench.sentTo(bench.juliet).isEmpty());
        bench.states.noteTyping(bench.juliet, false);
        bench.states.noteTyping(bench.juliet, true);
        QCOMPARE(bench.sentTo(bench.juliet), QList<ChatState>({ChatState::Composing, ChatState::Active}));
    }

    void aSentMessageEndsTyping()
    {
        Bench bench;
        bench.states.noteTyping(bench.juliet, false);
        bench.states.noteSent(bench.juliet);
        bench.states.noteTyping(bench.juliet, true); // the composer is emptied by sending
        QCOMPARE(bench.sentTo(bench.juliet), QList<ChatState>({ChatState::Composing}));
    }

    void changingTheChatPausesTheFormerOne()
    {
        Bench bench;
        bench.states.noteTyping(bench.juliet, false);
        bench.states.noteTyping(bench.nurse, false);
        QCOMPARE(bench.sentTo(bench.juliet), QList<ChatState>({ChatState::Composing, ChatState::Paused}));
        QCOMPARE(bench.sentTo(bench.nurse), QList<ChatState>({ChatState::Composing}));
    }

    void strangersAndAbsentPeopleAreToldNothing()
    {
        Bench bench;
        bench.states.noteTyping(bench.mallory, false);
        Q_EMIT bench.rosterWire->presenceReceived(bench.juliet.withResource(u"balcony"_s), {});
        bench.states.noteTyping(bench.juliet, false);
        QVERIFY(bench.chatWire->states.isEmpty());
    }

    void nothingIsToldWithoutConnection()
    {
        Bench bench;
        bench.states.stop();
        bench.states.noteTyping(bench.juliet, false);
        QVERIFY(bench.chatWire->states.isEmpty());
    }

    void contactsTypingIsShown()
    {
        Bench bench;
        QSignalSpy changed(&bench.states, &ChatStates::changed);
        Q_EMIT bench.chatWire->chatStateReceived(bench.juliet.withResource(u"balcony"_s), ChatState::Composing);
        Q_EMIT bench.chatWire->chatStateReceived(bench.juliet.withResource(u"balcony"_s), ChatState::Composing);
        QCOMPARE(bench.states.stateOf(bench.juliet), ChatState::Composing);
        QCOMPARE(changed.size(), 1);
    }

    void typingEndsWithAMessageAbsenceOrLoss()
    {
        Bench bench;
        const auto type = [&] { Q_EMIT bench.chatWire->chatStateReceived(bench.juliet, ChatState::Composing); };
        type();
        bench.states.noteMessage(bench.juliet);
        QCOMPARE(bench.states.stateOf(bench.juliet), ChatState::Active);
        type();
        Q_EMIT bench.rosterWire->presenceReceived(bench.juliet.withResource(u"balcony"_s), {});
        QCOMPARE(bench.states.stateOf(bench.juliet), ChatState::None);
        type();
        QSignalSpy changed(&bench.states, &ChatStates::changed);
        bench.states.stop();
        QCOMPARE(bench.states.stateOf(bench.juliet), ChatState::None);
        QCOMPARE(changed.size(), 1);
    }

    void strangersTypingIsNotRemembered()
    {
        Bench bench;
        QSignalSpy changed(&bench.states, &ChatStates::changed);
        Q_EMIT bench.chatWire->chatStateReceived(bench.mallory, ChatState::Composing);
        QCOMPARE(changed.size(), 0);
        QCOMPARE(bench.states.stateOf(bench.mallory), ChatState::None);
    }
};

CUMULET_TEST(ChatStatesTest)
#include "ChatStatesTest.moc"
