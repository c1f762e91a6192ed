#include "ui/common/AvatarPainter.h"
#include "kit/TestMain.h"
#include "ui/common/AvatarSource.h"
#include "ui/common/NameColor.h"
#include "ui/common/Theme.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;

namespace {

class FakeAvatars : public AvatarSource
{
public:
    QImage avatar(const QString &, const QString &jid, int pixels) override
    {
        ++asked;
        if (jid != u"juliet@capulet.example" || !hasPicture)
            return {};
        QImage image(pixels, pixels, QImage::Format_RGB32);
        image.fill(Qt::red);
        return image;
    }

    int asked = 0;
    bool hasPicture = false;
};

} // namespace

class AvatarPainterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void withoutAPictureTheColourOfTheAddressStands()
    {
        Theme theme;
        AvatarPainter painter(theme, nullptr);
        const QImage image = painter.pixmap(40, 1.0, {u"a"_s, u"juliet@capulet.example"_s, u"Juliet"_s}).toImage();
        QCOMPARE(image.pixelColor(20, 3), avatarGround(u"juliet@capulet.example"_s));
        QCOMPARE(qAlpha(image.pixel(0, 0)), 0); // round
    }

    // switched while it runs: nothing keeps a colour of the other scheme
    void theDotIsCutOutWithTheColourOfNow()
    {
        Theme theme;
        AvatarPainter painter(theme, nullptr);
        const AvatarLook juliet{.account = u"a"_s,
            .jid = u"juliet@capulet.example"_s,
            .name = u"Juliet"_s,
            .dot = AvatarLook::Available,
            .behind = Theme::Ground};
        const auto isThere = [&](const QColor &ring) {
            const QImage image = painter.pixmap(40, 1.0, juliet).toImage();
            for (int at = 20; at < 40; ++at) {
                if (image.pixelColor(at, at) == ring)
                    return true;
            }
            return false;
        };
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            theme.setScheme(scheme);
            QVERIFY(isThere(theme.color(Theme::Ground)));
        }
    }

    void aPictureThatArrivesReplacesTheInitial()
    {
        Theme theme;
        FakeAvatars source;
        AvatarPainter painter(theme, &source);
        const AvatarLook juliet{u"a"_s, u"juliet@capulet.example"_s, u"Juliet"_s};
        QSignalSpy changes(&painter, &AvatarPainter::changed);
        QVERIFY(painter.pixmap(40, 1.0, juliet).toImage().pixelColor(20, 20) != QColor(Qt::red));
        source.hasPicture = true;
        Q_EMIT source.changed(u"a"_s, u"juliet@capulet.example"_s);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(painter.pixmap(40, 1.0, juliet).toImage().pixelColor(20, 20), QColor(Qt::red));
    }

    void aDrawnPictureIsKept()
    {
        Theme theme;
        FakeAvatars source;
        AvatarPainter painter(theme, &source);
        const AvatarLook look{u"a"_s, u"x@example.org"_s, u"X"_s};
        for (int i = 0; i < 10; ++i)
            painter.pixmap(40, 2.0, look);
        QCOMPARE(source.asked, 1);
    }

    void strangeNamesDoNoHarm()
    {
        Theme theme;
        AvatarPainter painter(theme, nullptr);
        QString zalgo = u"a"_s + QString(100000, QChar(0x0301));
        for (const QString &name : {QString(), u"   "_s, u"😺 cat"_s, u"<b>"_s, QString(QChar(0xd800)), zalgo,
                 QString(QChar(0x202e)) + u"evil"_s})
            QVERIFY(!painter.pixmap(36, 1.5, {u"a"_s, u"x@example.org"_s, name}).isNull());
    }
};

CUMULET_TEST(AvatarPainterTest)
#include "AvatarPainterTest.moc"
