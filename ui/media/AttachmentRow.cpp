#include "ui/media/AttachmentRow.h"

#include "ui/common/MediaSource.h"
#include "ui/common/PlainLabel.h"
#include "ui/common/Theme.h"
#include "ui/timeline/RowLayout.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr QSize thumbnail{64, 48};
static constexpr int longestWords = 500;
static constexpr int wordsDelay = 500; // ms after the last key

AttachmentRow::AttachmentRow(
    const ProgramParts &parts, const QString &account, const Attachment &attachment, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_account(account)
    , m_attachment(attachment)
    , m_picture(new QLabel(this))
{
    const auto &about = attachment.description;
    const QString name = nameInLine(about.name);
    const bool isPicture = m_parts.media->look(account, attachment).state == MediaLook::Picture;
    m_picture->setFixedSize(thumbnail);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setVisible(isPicture);
    auto *label = new PlainLabel(parts.theme, Theme::Type::Small, Theme::Text, this);
    label->setElided(true);
    label->setText(tr("%1 · %2", "a file's name and size").arg(name, QLocale().formattedDataSize(about.size)));
    auto *words = new QVBoxLayout;
    words->setSpacing(Theme::tight);
    words->addWidget(label);
    if (isPicture) {
        m_words = new QLineEdit(about.text, this);
        m_words->setMaxLength(longestWords);
        m_words->setPlaceholderText(tr("What can be seen, for those who cannot see it"));
        m_words->setAccessibleName(tr("Description of %1").arg(name));
        words->addWidget(m_words);
        connect(m_words, &QLineEdit::textEdited, this, [this](const QString &text) {
            m_attachment.description.text = text.simplified();
            m_delay.start();
        });
    }
    auto *remove = new QToolButton(this);
    remove->setAutoRaise(true);
    remove->setIcon(parts.icons.named(IconNames::close));
    remove->setAccessibleName(tr("Remove %1").arg(name));
    remove->setToolTip(tr("Remove %1").arg(name));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, Theme::tight, 0, Theme::tight);
    line->addWidget(m_picture);
    line->addLayout(words, 1);
    line->addWidget(remove, 0, Qt::AlignTop);
    m_delay.setSingleShot(true);
    m_delay.setInterval(wordsDelay);
    connect(&m_delay, &QTimer::timeout, this, [this] { Q_EMIT described(m_attachment.description.text); });
    connect(remove, &QToolButton::clicked, this, &AttachmentRow::removeRequested);
    connect(parts.media, &MediaSource::changed, this, [this](const QString &key) {
        if (key == MediaSource::keyOf(m_attachment)) {
            showPicture();
        }
    });
    showPicture();
}

void AttachmentRow::showPicture()
{
    const qreal ratio = devicePixelRatioF();
    const QImage image =
        m_picture->isHidden() ? QImage() : m_parts.media->picture(m_account, m_attachment, thumbnail * ratio);
    if (!image.isNull()) {
        QPixmap pixmap = QPixmap::fromImage(image);
        pixmap.setDevicePixelRatio(ratio);
        m_picture->setPixmap(pixmap);
    }
}

} // namespace cumulet
