#include "domain/Async.h"
#include "kit/TestMain.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace cumulet;

/// An answer that the test gives when it likes.
template <typename T> class Question
{
public:
    Question() { m_promise.start(); }
    Future<T> future() { return m_promise.future(); }
    void answer(Result<T> result)
    {
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

private:
    QPromise<Result<T>> m_promise;
};

class AsyncTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aResultIsAValueOrAnError();
    void knownAnswersAreThereAtOnce();
    void theStepGetsTheValue();
    void theStepMayAnswerLater();
    void anErrorPassesTheStepsBy();
    void theEndOfAChainSeesValuesAndErrors();
    void aStepEitherWaySeesBothAndGoesOn();
    void aStepEitherWayIsNotTakenByOneHalfGone();
    void aDeadContextIsNotCalled();
    void aDeadContextEndsTheChainAsCanceled();
    void aForgottenQuestionEndsAsCanceled();
    void anObjectDoesNotHearOfItsOwnEnd();
};

void AsyncTest::aResultIsAValueOrAnError()
{
    const Result<int> value(7);
    QVERIFY(value);
    QCOMPARE(*value, 7);
    const Result<int> error(Error{ErrorKind::NotFound, u"gone"_s});
    QVERIFY(!error);
    QCOMPARE(error.error().kind, ErrorKind::NotFound);
    QCOMPARE(error.error().detail, u"gone"_s);
    QCOMPARE(Result<int>().error().kind, ErrorKind::Canceled);
    // a value that can be made from an error is still told apart
    const Result<QString> text(u"ok"_s);
    QVERIFY(text.has_value());
    QCOMPARE(text->size(), 2);
}

void AsyncTest::knownAnswersAreThereAtOnce()
{
    QVERIFY(ready(5).isFinished());
    QCOMPARE(*ready(5).result(), 5);
    QCOMPARE(failed<int>({ErrorKind::Offline, {}}).result().error().kind, ErrorKind::Offline);
}

void AsyncTest::theStepGetsTheValue()
{
    Question<int> question;
    const auto doubled =
        andThen(question.future(), this, [](int value) { return Result<QString>(QString::number(value * 2)); });
    QVERIFY(!doubled.isFinished());
    question.answer(21);
    QTRY_VERIFY(doubled.isFinished());
    QCOMPARE(*doubled.result(), u"42"_s);
}

void AsyncTest::theStepMayAnswerLater()
{
    Question<int> first;
    Question<QString> second;
    const auto chain = andThen(first.future(), this, [&second](int) { return second.future(); });
    first.answer(1);
    QCoreApplication::processEvents();
    QVERIFY(!chain.isFinished());
    second.answer(u"done"_s);
    QTRY_VERIFY(chain.isFinished());
    QCOMPARE(*chain.result(), u"done"_s);
}

void AsyncTest::anErrorPassesTheStepsBy()
{
    bool wasCalled = false;
    Question<int> question;
    const auto inner = andThen(question.future(), this, [&wasCalled](int value) {
        wasCalled = true;
        return Result<int>(value);
    });
    const auto chain = andThen(inner, this, [&wasCalled](int value) {
        wasCalled = true;
        return ready(value);
    });
    question.answer(Error{ErrorKind::NotAllowed, u"no"_s});
    QTRY_VERIFY(chain.isFinished());
    QVERIFY(!wasCalled);
    QCOMPARE(chain.result().error(), (Error{ErrorKind::NotAllowed, u"no"_s}));
}

void AsyncTest::theEndOfAChainSeesValuesAndErrors()
{
    QList<bool> seen;
    whenDone(ready(1), this, [&seen](Result<int> result) { seen.append(result.has_value()); });
    whenDone(failed<int>({}), this, [&seen](Result<int> result) { seen.append(result.has_value()); });
    QTRY_COMPARE(seen, (QList{true, false}));
}

void AsyncTest::aStepEitherWaySeesBothAndGoesOn()
{
    const auto wasGood = [](const Result<int> &result) { return ready(result.has_value()); };
    const auto atOnce = [](const Result<int> &result) { return Result(result ? *result : -1); };
    QCOMPARE(*eitherWay(ready(1), this, wasGood).result(), true);
    QCOMPARE(*eitherWay(failed<int>({ErrorKind::Offline, {}}), this, wasGood).result(), false);
    QCOMPARE(*eitherWay(ready(1), this, atOnce).result(), 1);
    QCOMPARE(*eitherWay(failed<int>({ErrorKind::Offline, {}}), this, atOnce).result(), -1);
}

void AsyncTest::aStepEitherWayIsNotTakenByOneHalfGone()
{
    Question<int> first;
    Question<int> second;
    int taken = 0;
    auto context = std::make_unique<QObject>();
    // the end of the object cancels the first step, and that is an answer for the second
    const auto onward = [](int value) { return ready(value); };
    const auto later = eitherWay(andThen(first.future(), context.get(), onward), context.get(), [&taken](auto &) {
        ++taken;
        return ready(0);
    });
    const auto atOnce = eitherWay(andThen(second.future(), context.get(), onward), context.get(), [&taken](auto &) {
        ++taken;
        return Result(0);
    });
    context.reset();
    first.answer(1);
    second.answer(1);
    QTRY_VERIFY(later.isFinished() && atOnce.isFinished());
    QCOMPARE(taken, 0);
    QCOMPARE(later.result().error().kind, ErrorKind::Canceled);
    QCOMPARE(atOnce.result().error().kind, ErrorKind::Canceled);
}

void AsyncTest::aDeadContextIsNotCalled()
{
    // a future has room for one continuation: two questions
    bool wasCalled = false;
    Question<int> first;
    Question<int> second;
    auto context = std::make_unique<QObject>();
    whenDone(first.future(), context.get(), [&wasCalled](Result<int>) { wasCalled = true; });
    (void)andThen(second.future(), context.get(), [&wasCalled](int value) {
        wasCalled = true;
        return ready(value);
    });
    context.reset();
    first.answer(1);
    second.answer(1);
    QCoreApplication::processEvents();
    QVERIFY(!wasCalled);
}

void AsyncTest::aDeadContextEndsTheChainAsCanceled()
{
    Question<int> first;
    Question<int> second;
    auto context = std::make_unique<QObject>();
    const auto later = andThen(first.future(), context.get(), [](int value) { return ready(value); });
    const auto atOnce = andThen(second.future(), context.get(), [](int value) { return Result<int>(value); });
    QList<ErrorKind> kinds;
    const auto keep = [&kinds](Result<int> result) { kinds.append(result.error().kind); };
    whenDone(later, this, keep);
    whenDone(atOnce, this, keep);
    context.reset();
    first.answer(1);
    second.answer(1);
    QTRY_COMPARE(kinds, (QList{ErrorKind::Canceled, ErrorKind::Canceled}));
}

void AsyncTest::aForgottenQuestionEndsAsCanceled()
{
    QList<ErrorKind> kinds;
    {
        Question<int> question;
        const auto chain = andThen(question.future(), this, [](int value) { return ready(value); });
        whenDone(chain, this, [&kinds](Result<int> result) { kinds.append(result.error().kind); });
    }
    QTRY_COMPARE(kinds, QList{ErrorKind::Canceled});
}

void AsyncTest::anObjectDoesNotHearOfItsOwnEnd()
{
    Question<int> first;
    Question<int> second;
    bool wasCalled = false;
    auto context = std::make_unique<QObject>();
    // its own steps, one after the other: the first is canceled by the end of the object, the second hears of it
    whenDone(andThen(first.future(), context.get(), [](int value) { return Result(value); }), context.get(),
        [&wasCalled](Result<int>) { wasCalled = true; });
    whenDone(andThen(second.future(), context.get(), [](int value) { return ready(value); }), context.get(),
        [&wasCalled](Result<int>) { wasCalled = true; });
    context.reset();
    first.answer(1);
    second.answer(1);
    QCoreApplication::processEvents();
    QVERIFY(!wasCalled);
}

CUMULET_TEST(AsyncTest)
#include "AsyncTest.moc"
