#include "architecture/LayerRules.h"
#include "kit/TestMain.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::tests;

/// The rules of the tree, checked in the tree. That they notice a fault is the business of LayerRulesTest.
class LayerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void arrowsGoOneWay() { check(m_rules->wrongArrows()); }
    void eachLayerSeesOnlyItsLibraries() { check(m_rules->wrongHeaders()); }
    void noLoopIsLargerThanThreeUnits() { check(m_rules->loops()); }
    void thereAreNoSingletons() { check(m_rules->singletons()); }
    void everyContinuationHasAContext() { check(m_rules->contextlessThens()); }
    void wordsForTheScreenStayInTheUi() { check(m_rules->strayTranslations()); }
    void namesSaySomethingAndNothingIsLeftForLater() { check(m_rules->emptyWords()); }
    void everyFolderSaysWhatItIs() { check(m_rules->readmes()); }
    void nothingBelongsToOneMachine() { check(m_rules->forbiddenWords()); }

private:
    static void check(const QStringList &wrong);

    std::unique_ptr<SourceTree> m_tree;
    std::unique_ptr<LayerRules> m_rules;
};

CUMULET_TEST(LayerTest)

void LayerTest::initTestCase()
{
    m_tree = std::make_unique<SourceTree>(QStringLiteral(CUMULET_SOURCE_DIR));
    QVERIFY(!m_tree->sources().isEmpty());
    const auto layers = m_tree->content(u"tests/architecture/layers.txt"_s);
    const auto forbidden = m_tree->content(u"tests/architecture/forbidden.txt"_s);
    QVERIFY(!layers.isEmpty() && !forbidden.isEmpty());
    m_rules = std::make_unique<LayerRules>(*m_tree, layers, forbidden);
}

void LayerTest::check(const QStringList &wrong)
{
    QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.mid(0, 100).join(u'\n')));
}

#include "LayerTest.moc"
