#include "ui/shell/FindDialog.h"

#include "services/account/Accounts.h"
#include "services/channel/ChannelDirectory.h"
#include "services/channel/ChannelService.h"
#include "text/XmppAddress.h"
#include "ui/common/AvatarPainter.h"
#include "ui/common/ClearButton.h"
#include "ui/common/PlainLabel.h"
#include "ui/shell/ContactScanBar.h"
#include "ui/shell/FindWords.h"
#include "ui/shell/FoundDelegate.h"
#include "ui/shell/FoundPreview.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

static constexpr int searchDelay = 400; // ms without a key before services are asked

// what the words name, if they are an address or a link
static Jid addressIn(const QString &words)
{
    const auto uri = parseXmppAddress(words);
    const auto jid = uri ? std::optional(uri->node.isEmpty() ? uri->jid : uri->node.channel()) : Jid::parse(words);
    return jid && !jid->local().isEmpty() ? jid->bare() : Jid();
}

FindDialog::FindDialog(const ProgramParts &parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_account(new QComboBox(this))
    , m_words(new QLineEdit(this))
    , m_tabs(new QTabBar(this))
    , m_sentence(new PlainLabel(parts.theme, Theme::Type::Body, Theme::Muted, this))
    , m_list(new QListView(this))
    , m_found(new DiscoveryModel(this))
    , m_scan(new ContactScanBar(parts.theme, *m_found, this))
    , m_preview(new FoundPreview(parts, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Find channels and people"));
    m_parts.theme.fill(this, Theme::Side);
    m_delay.setSingleShot(true);
    m_delay.setInterval(searchDelay);
    connect(&m_delay, &QTimer::timeout, this, &FindDialog::search);
    build();
    takeAccount();
    m_words->setFocus();
}

void FindDialog::build()
{
    buildField();
    buildTabs();
    buildList();
    buildPreview();
    auto *create = new QPushButton(m_parts.icons.named(IconNames::add), tr("&Make a new channel…"), this);
    create->setObjectName(u"newChannel"_s);
    setEmphasis(create, Emphasis::Flat);
    connect(create, &QPushButton::clicked, this, [this] {
        Q_EMIT newChannelWanted();
        accept();
    });
    auto *both = new QHBoxLayout;
    both->setSpacing(Theme::medium);
    auto *left = new QVBoxLayout;
    left->setSpacing(Theme::small);
    left->addWidget(m_sentence);
    left->addWidget(m_scan);
    left->addWidget(m_list, 1);
    both->addLayout(left, 3);
    both->addWidget(m_preview, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::page, Theme::page, Theme::page, Theme::page);
    layout->setSpacing(Theme::small);
    layout->addWidget(m_account);
    layout->addWidget(m_words);
    layout->addWidget(m_tabs, 0, Qt::AlignLeft);
    layout->addLayout(both, 1);
    layout->addWidget(create, 0, Qt::AlignLeft);
    resize(m_parts.theme.scaled(760), m_parts.theme.scaled(560));
}

void FindDialog::buildField()
{
    m_account->setAccessibleName(tr("Account"));
    for (const AccountId id : m_parts.accounts.ids()) {
        m_account->addItem(m_parts.accounts.of(id)->account.jid.text(), QVariant::fromValue<qint64>(id));
    }
    m_account->setVisible(m_account->count() > 1);
    connect(m_account, &QComboBox::currentIndexChanged, this, &FindDialog::takeAccount);
    m_words->setObjectName(u"findAddress"_s);
    m_words->setPlaceholderText(tr("Words, a name, an address or a link"));
    m_words->setAccessibleName(tr("Words, address or link"));
    m_words->setMaxLength(4000);
    m_words->installEventFilter(this);
    addClearButton(m_words);
    connect(m_words, &QLineEdit::textChanged, this, [this](const QString &words) {
        m_hasChosenTab = true;
        if (words.trimmed().isEmpty() || !addressIn(words.trimmed()).isEmpty()) {
            search(); // nothing to wait for: an address shows itself at once
        } else {
            m_delay.start();
        }
    });
}

void FindDialog::buildTabs()
{
    m_tabs->setObjectName(u"findTabs"_s);
    m_tabs->setAccessibleName(tr("Where to look"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    // in the order of DiscoveryModel::Source
    for (const QString &words :
        {tr("&Results"), tr("Ac&tive"), tr("S&uggested"), tr("On this &server"), tr("&People you know")}) {
        m_tabs->addTab(words);
    }
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this] { m_hasChosenTab = true; });
    connect(m_tabs, &QTabBar::currentChanged, this, &FindDialog::showTab);
}

void FindDialog::buildList()
{
    m_sentence->setWordWrap(true);
    m_list->setObjectName(u"found"_s);
    m_list->setAccessibleName(tr("Found"));
    m_list->setModel(m_found);
    m_list->setItemDelegate(new FoundDelegate(m_parts.theme, m_parts.avatars, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    m_parts.theme.fill(m_list->viewport(), Theme::Side);
    connect(&m_parts.avatars, &AvatarPainter::changed, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &FindDialog::showCurrent);
    connect(m_list, &QListView::activated, m_preview, &FoundPreview::activate);
    m_scan->hide();
    connect(m_found, &DiscoveryModel::answered, this, &FindDialog::showAnswer);
    connect(m_found, &DiscoveryModel::rowsInserted, this, &FindDialog::showAnswer);
    connect(m_found, &DiscoveryModel::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
        const int row = m_list->currentIndex().row();
        if (row >= first.row() && row <= last.row()) {
            showCurrent();
        }
    });
}

void FindDialog::buildPreview()
{
    const auto choose = [this](auto signal) {
        return [this, signal](const Jid &jid) {
            Q_EMIT(this->*signal)(account(), jid);
            accept();
        };
    };
    connect(m_preview, &FoundPreview::channelWanted, this, choose(&FindDialog::channelChosen));
    connect(m_preview, &FoundPreview::chatWanted, this, choose(&FindDialog::chatChosen));
    connect(m_preview, &FoundPreview::contactWanted, this, choose(&FindDialog::contactWanted));
    connect(m_preview, &FoundPreview::postWanted, this, [this](const NodeId &node, const ItemId &item) {
        Q_EMIT postChosen(account(), node, item);
        accept();
    });
}

AccountId FindDialog::account() const
{
    return m_account->currentData().toLongLong();
}

void FindDialog::takeAccount()
{
    const AccountServices *services = m_parts.accounts.of(account());
    m_isDirectoryKnown = false;
    m_hasDirectory = false;
    m_found->setAccount(services);
    m_tabs->setTabVisible(DiscoveryModel::Active, false);
    m_tabs->setTabVisible(DiscoveryModel::Suggested, false);
    const bool hasService = services && services->channels->status().state != ChannelServiceStatus::None;
    m_tabs->setTabVisible(DiscoveryModel::Here, hasService);
    m_tabs->setTabVisible(DiscoveryModel::Contacts, hasService && m_found->contactCount() > 0);
    m_tabs->setCurrentIndex(DiscoveryModel::Words);
    search();
    if (services) {
        whenDone(services->directory->find(), this, [this, of = account()](const Result<Done> &found) {
            if (of == account()) {
                takeDirectory(found);
            }
        });
    }
}

void FindDialog::takeDirectory(const Result<Done> &found)
{
    m_hasDirectory = found.has_value();
    m_isDirectoryKnown = found || found.error().kind == ErrorKind::NotFound;
    m_tabs->setTabVisible(DiscoveryModel::Active, m_hasDirectory);
    m_tabs->setTabVisible(DiscoveryModel::Suggested, m_hasDirectory);
    // something to look at for those who come without words
    const int first = m_hasDirectory ? DiscoveryModel::Active : DiscoveryModel::Here;
    if (!m_hasChosenTab && m_words->text().isEmpty() && m_tabs->isTabVisible(first)) {
        m_tabs->setCurrentIndex(first);
    }
    showAnswer();
}

void FindDialog::setAddress(const QString &typed)
{
    m_words->setText(typed);
}

void FindDialog::search()
{
    m_delay.stop();
    if (m_tabs->currentIndex() != DiscoveryModel::Words && !m_words->text().trimmed().isEmpty()) {
        m_tabs->setCurrentIndex(DiscoveryModel::Words); // it calls again
        return;
    }
    if (m_tabs->currentIndex() == DiscoveryModel::Words) {
        const QString words = m_words->text().trimmed();
        const Jid address = addressIn(words);
        m_found->show(DiscoveryModel::Words, address.isEmpty() ? words : address.text(), address);
    }
}

void FindDialog::showTab(int tab)
{
    m_scan->setVisible(tab == DiscoveryModel::Contacts);
    if (tab == DiscoveryModel::Words) {
        search();
    } else {
        m_found->show(DiscoveryModel::Source(tab));
    }
}

void FindDialog::showAnswer()
{
    if (!m_list->currentIndex().isValid() && m_found->rowCount() > 0) {
        m_list->setCurrentIndex(m_found->index(0, 0));
    }
    const QString words = FindWords::sentence(*m_found,
        {.hasWords = !m_words->text().trimmed().isEmpty(),
            .hasService = m_tabs->isTabVisible(DiscoveryModel::Here),
            .lacksDirectory = m_isDirectoryKnown && !m_hasDirectory});
    m_sentence->setText(words);
    m_sentence->setVisible(!words.isEmpty());
    showCurrent();
}

void FindDialog::showCurrent()
{
    const AccountServices *services = m_parts.accounts.of(account());
    const QModelIndex index = m_list->currentIndex();
    if (services && index.isValid()) {
        m_preview->setFound(*services, index);
    } else {
        m_preview->clear();
    }
}

// the list is walked through while the words keep the keys
bool FindDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_words || event->type() != QEvent::KeyPress) {
        return QDialog::eventFilter(watched, event);
    }
    auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_list, event);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_delay.isActive()) {
            search();
        }
        m_preview->activate();
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

} // namespace cumulet
