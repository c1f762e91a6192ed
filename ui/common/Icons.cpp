#include "ui/common/Icons.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QPointer>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

/// Paints another icon's shape in a colour of the theme, asked at the time of painting.
class TintedEngine : public QIconEngine
{
public:
    TintedEngine(QIcon shape, const Theme &theme, Theme::Token token)
        : m_shape(std::move(shape))
        , m_theme(&theme)
        , m_token(token)
    {
    }

    QIconEngine *clone() const override { return new TintedEngine(*this); }
    QString key() const override { return u"cumulet-tinted"_s; }
    bool isNull() override { return m_shape.isNull(); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // size is in device pixels
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        const QColor ink = inkFor(mode);
        const QString key = u"cumulet/%1/%2/%3/%4/%5"_s.arg(m_shape.cacheKey())
                                .arg(size.width())
                                .arg(scale)
                                .arg(int(state))
                                .arg(ink.rgba());
        QPixmap tinted;
        if (QPixmapCache::find(key, &tinted))
            return tinted;
        tinted = m_shape.pixmap(size / scale, scale, QIcon::Normal, state);
        QPainter painter(&tinted);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(QRect(QPoint(), tinted.deviceIndependentSize().toSize()), ink);
        painter.end();
        QPixmapCache::insert(key, tinted);
        return tinted;
    }

private:
    QColor inkFor(QIcon::Mode mode) const
    {
        if (!m_theme)
            return Qt::gray;
        QColor ink = m_theme->color(mode == QIcon::Active || mode == QIcon::Selected ? Theme::Text : m_token);
        if (m_token == Theme::OnAccent || m_token == Theme::Link || m_token == Theme::Danger)
            ink = m_theme->color(m_token);
        if (mode == QIcon::Disabled)
            ink.setAlphaF(0.45f);
        return ink;
    }

    QIcon m_shape;
    QPointer<const Theme> m_theme;
    Theme::Token m_token;
};

} // namespace

void Icons::prepare()
{
    // a platform without a desktop (offscreen, a bare X server) does not say where icons lie
    QStringList paths = QIcon::themeSearchPaths();
    const QStringList installed =
        QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, u"icons"_s, QStandardPaths::LocateDirectory);
    for (const QString &path : installed) {
        if (!paths.contains(path))
            paths.append(path);
    }
    QIcon::setThemeSearchPaths(paths);
    if (QIcon::fallbackThemeName().isEmpty())
        QIcon::setFallbackThemeName(u"breeze"_s);
    if (QIcon::themeName().isEmpty() || QIcon::themeName() == u"hicolor"_s)
        QIcon::setThemeName(u"breeze"_s);
}

QIcon Icons::named(QStringView name, Theme::Token token) const
{
    const QIcon shape = QIcon::fromTheme(name.toString());
    return shape.isNull() ? QIcon() : QIcon(new TintedEngine(shape, m_theme, token));
}

} // namespace cumulet
