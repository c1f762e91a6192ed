#include "ui/common/NameColor.h"
#include "kit/TestMain.h"
#include "ui/common/Contrast.h"
#include "ui/common/Theme.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;

class NameColorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // the test vectors of XEP-0392, section "Test Vectors"
    void anglesAreThoseOfTheSpecification_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qreal>("angle");
        QTest::addColumn<qreal>("red");
        QTest::addColumn<qreal>("green");
        QTest::addColumn<qreal>("blue");
        QTest::newRow("Romeo") << u"Romeo"_s << 327.255249 << 0.865 << 0.000 << 0.686;
        QTest::newRow("JID") << u"juliet@capulet.lit"_s << 209.410400 << 0.000 << 0.515 << 0.573;
        QTest::newRow("emoji") << u"😺"_s << 331.199341 << 0.872 << 0.000 << 0.659;
        QTest::newRow("council") << u"council"_s << 359.994507 << 0.918 << 0.000 << 0.394;
    }

    void anglesAreThoseOfTheSpecification()
    {
        QFETCH(QString, name);
        QFETCH(qreal, angle);
        QFETCH(qreal, red);
        QFETCH(qreal, green);
        QFETCH(qreal, blue);
        QVERIFY(qAbs(nameAngle(name) - angle) < 0.000001);
        const QColor color = fromHsluv(angle, 100, 50);
        QVERIFY2(qAbs(color.redF() - red) < 0.002, qPrintable(QString::number(color.redF())));
        QVERIFY2(qAbs(color.greenF() - green) < 0.002, qPrintable(QString::number(color.greenF())));
        QVERIFY2(qAbs(color.blueF() - blue) < 0.002, qPrintable(QString::number(color.blueF())));
    }

    void everyNameCanBeReadInBothThemes()
    {
        Theme theme;
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            theme.setScheme(scheme);
            for (int number = 0; number < 500; ++number) {
                const QString name = u"person%1@example.org"_s.arg(number);
                QVERIFY(contrast(nameInk(name, theme), theme.color(Theme::OtherBubble)) >= 4.5);
                QVERIFY(contrast(nameInk(name, theme), theme.color(Theme::Side)) >= 4.5);
                QVERIFY(contrast(avatarGround(name), Qt::white) >= 4.5);
            }
        }
    }
};

CUMULET_TEST(NameColorTest)
#include "NameColorTest.moc"
