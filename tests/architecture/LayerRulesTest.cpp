#include "architecture/LayerRules.h"
#include "architecture/Loops.h"
#include "kit/TestMain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet::tests;

/// A small tree in which every rule is broken once, and once only seems to be.
class LayerRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anArrowAgainstTheTableIsFound();
    void aForeignLibraryIsFound();
    void loopsAreFound();
    void aSingletonIsFound();
    void aContinuationWithoutContextIsFound();
    void aStrayTranslationIsFound();
    void anEmptyWordIsFound();
    void aMissingReadmeIsFound();
    void aMachinePathIsFound();

private:
    void write(const QString &path, const QByteArray &content);

    QTemporaryDir m_folder;
    std::unique_ptr<SourceTree> m_tree;
    std::unique_ptr<LayerRules> m_rules;
};

CUMULET_TEST(LayerRulesTest)

void LayerRulesTest::write(const QString &path, const QByteArray &content)
{
    const auto whole = m_folder.filePath(path);
    QVERIFY(QDir().mkpath(whole.left(whole.lastIndexOf(u'/'))));
    QFile file(whole);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

void LayerRulesTest::initTestCase()
{
    write(u"app/domain/Jid.h"_s, "#include <QString>\nstruct Jid { static Jid &instance(); };\n");
    write(u"app/domain/README.md"_s, "# domain\n");
    write(u"app/xmpp/Wire.cpp"_s, "#include \"domain/Jid.h\"\n#include <QXmppClient.h>\n#include \"Wire.moc\"\n");
    write(u"app/xmpp/README.md"_s, QByteArray("line\n").repeated(21));
    write(u"ui/README.md"_s, "# ui\n");
    write(u"app/README.md"_s, "# app\n");
    write(u"ui/shell/Window.cpp"_s,
        "#include \"xmpp/Wire.h\"\n#include \"domain/Jid.h\"\n#include <QXmppClient.h>\n"
        "auto t = tr(\"fine here\"); // but not \"then([\n"
        "void f() { QCoreApplication::instance(); Jid::instance(); }\n");
    write(u"app/domain/Rule.cpp"_s,
        "#include <QWidget>\n#include <vector>\n#include \"domain/Nowhere.h\"\n"
        "// then([ in a comment and Jid::instance() too\n"
        "void g() { f.then([] {}); f.then(this, [] {}); const char *x = \".then([\"; tr(\"no\"); }\n"
        "class ThingManager {\n};\n/* TO"
        "DO one day */\n");
    write(u"app/xmpp/Wire.h"_s, "#pragma once\n");
    write(u"scripts/run"_s,
        "cd /ho"
        "me/somebody\nbinary \nhttp://deb.deb"
        "ian.org/\n");
    m_tree = std::make_unique<SourceTree>(m_folder.path());
    m_rules = std::make_unique<LayerRules>(*m_tree,
        "domain | app/domain | | Core\nxmpp | app/xmpp | domain | Core QXmpp\n"
        "ui | ui | domain | Core Widgets\n",
        "/home/[a-z]\n[a-z0-9.-]+\\.debian\\.org\n");
}

void LayerRulesTest::anArrowAgainstTheTableIsFound()
{
    QCOMPARE(m_rules->wrongArrows(),
        (QStringList{u"app/domain/Rule.cpp:3: \"domain/Nowhere.h\" leads nowhere"_s,
            u"ui/shell/Window.cpp:1: ui may not see xmpp (xmpp/Wire.h)"_s}));
}

void LayerRulesTest::aForeignLibraryIsFound()
{
    QCOMPARE(m_rules->wrongHeaders(),
        (QStringList{u"app/domain/Rule.cpp:1: domain may not see Widgets (<QWidget>)"_s,
            u"ui/shell/Window.cpp:3: ui may not see QXmpp (<QXmppClient.h>)"_s}));
}

void LayerRulesTest::loopsAreFound()
{
    const IncludeGraph graph{{u"a"_s, {u"b"_s}}, {u"b"_s, {u"c"_s, u"e"_s}}, {u"c"_s, {u"d"_s}}, {u"d"_s, {u"a"_s}},
        {u"e"_s, {u"f"_s}}, {u"f"_s, {u"e"_s}}, {u"g"_s, {u"a"_s}}};
    const auto loops = findLoops(graph);
    QCOMPARE(loops.size(), 2);
    QVERIFY(loops.contains(QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    QVERIFY(loops.contains(QStringList{u"e"_s, u"f"_s}));
    QVERIFY(m_rules->loops().isEmpty());
}

void LayerRulesTest::aSingletonIsFound()
{
    const auto wrong = m_rules->singletons();
    QCOMPARE(wrong.size(), 2);
    QVERIFY(wrong.at(0).startsWith(u"ui/shell/Window.cpp:5"));
    QVERIFY(wrong.at(1).startsWith(u"app/domain/Jid.h:2"));
}

void LayerRulesTest::aContinuationWithoutContextIsFound()
{
    QCOMPARE(m_rules->contextlessThens(),
        QStringList{u"app/domain/Rule.cpp:5: a continuation without a context object (.then([)"_s});
}

void LayerRulesTest::aStrayTranslationIsFound()
{
    QCOMPARE(m_rules->strayTranslations().size(), 1);
    QVERIFY(m_rules->strayTranslations().first().startsWith(u"app/domain/Rule.cpp:5"));
}

void LayerRulesTest::anEmptyWordIsFound()
{
    const auto wrong = m_rules->emptyWords();
    QCOMPARE(wrong.size(), 2);
    QVERIFY(wrong.at(0).contains(u"ThingManager"));
    QVERIFY(wrong.at(1).contains(u"left for later"));
}

void LayerRulesTest::aMissingReadmeIsFound()
{
    QCOMPARE(m_rules->readmes(),
        (QStringList{u"app/xmpp/README.md is longer than twenty lines"_s, u"ui/shell has no README.md"_s}));
}

void LayerRulesTest::aMachinePathIsFound()
{
    const auto wrong = m_rules->forbiddenWords();
    QCOMPARE(wrong.size(), 2);
    QVERIFY(wrong.at(0).startsWith(u"scripts/run:1: /ho"));
    QVERIFY(wrong.at(1).startsWith(u"scripts/run:3: deb"));
}

#include "LayerRulesTest.moc"
