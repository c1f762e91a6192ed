#include "ui/common/Icons.h"
#include "kit/TestMain.h"

#include <QFile>
#include <QPixmap>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace cumulet;

class IconsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // a broken-picture sign is the first thing a stranger sees
    void everyNameIsInThePackagedTheme()
    {
        Icons::prepare();
        QFile header(QStringLiteral(CUMULET_SOURCE_DIR "/ui/common/Icons.h"));
        QVERIFY(header.open(QFile::ReadOnly));
        static const QRegularExpression constant(QStringLiteral("constexpr auto \\w+ = u\"([^\"]+)\""));
        auto names = constant.globalMatch(QString::fromUtf8(header.readAll()));
        QVERIFY(names.hasNext());
        while (names.hasNext()) {
            const QString name = names.next().captured(1);
            QVERIFY2(!QIcon::fromTheme(name).isNull(), qPrintable(name));
        }
    }

    void iconsFollowTheTheme()
    {
        Icons::prepare();
        Theme theme;
        theme.setScheme(Theme::Scheme::Light);
        const QIcon icon = Icons(theme).named(IconNames::search, Theme::Text);
        const auto ink = [&icon] {
            const QImage image = icon.pixmap(QSize(22, 22), 1.0).toImage();
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (qAlpha(image.pixel(x, y)) > 120)
                        return image.pixelColor(x, y);
                }
            }
            return QColor();
        };
        const QColor light = ink();
        QVERIFY(light.isValid());
        theme.setScheme(Theme::Scheme::Dark);
        const QColor dark = ink();
        QVERIFY(dark.lightness() > light.lightness() + 100);
    }
};

CUMULET_TEST(IconsTest)
#include "IconsTest.moc"
