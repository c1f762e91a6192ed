#include "ui/channel/ChannelDetails.h"

#include "services/roster/RosterService.h"
#include "ui/channel/ChannelDialog.h"
#include "ui/channel/ChannelWords.h"
#include "ui/channel/InviteDialog.h"
#include "ui/channel/MemberDelegate.h"
#include "ui/channel/PersonMenu.h"
#include "ui/channel/SimilarChannels.h"
#include "ui/channel/StatusLine.h"
#include "ui/common/AvatarPainter.h"
#include "ui/common/ClearButton.h"
#include "ui/common/ErrorText.h"
#include "ui/common/PlainLabel.h"
#include "ui/models/MemberListModel.h"

#include <QInputDialog>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cumulet {

namespace {

// the people of one tab: everybody, or those who ask and those who are banned
class ShownMembers : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    bool showsRequests = false;
    QString words;
    void refilter() { invalidateFilter(); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const QModelIndex member = sourceModel()->index(row, 0, parent);
        const auto section = member.data(MemberListModel::SectionRole).toInt();
        const bool isRequest = section >= MemberListModel::Requests; // invited or banned, too
        return isRequest == showsRequests
            && (words.isEmpty()
                || member.data(MemberListModel::NameRole).toString().contains(words, Qt::CaseInsensitive)
                || member.data(MemberListModel::JidRole).toString().contains(words, Qt::CaseInsensitive));
    }
};

} // namespace

ChannelDetails::ChannelDetails(
    const ProgramParts &parts, const AccountServices &services, const NodeId &node, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_services(services)
    , m_node(node)
    , m_members(new MemberListModel(this))
    , m_shown(new ShownMembers(this))
    , m_tabs(new QTabBar(this))
    , m_pages(new QStackedWidget(this))
{
    m_channel.node = node;
    m_shown->setSourceModel(m_members);
    m_parts.theme.fill(this, Theme::Side);
    setAccessibleName(tr("About this channel"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Details"));
    for (const QString &words : {tr("People"), tr("Requests"), tr("About")}) {
        m_tabs->addTab(words);
    }
    m_pages->addWidget(makePeople());
    m_pages->addWidget(makeAbout());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Theme::medium, 0, 0);
    layout->setSpacing(Theme::small);
    auto *tabLine = new QHBoxLayout;
    tabLine->setContentsMargins(Theme::medium, 0, Theme::medium, 0);
    tabLine->addWidget(m_tabs);
    auto *status = new StatusLine(m_parts, m_services, m_node.channel(), this);
    connect(status, &StatusLine::said, this, &ChannelDetails::said);
    layout->addWidget(status);
    layout->addLayout(tabLine);
    layout->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &ChannelDetails::showTab);
    connect(m_services.channels, &ChannelService::membersChanged, this, [this](const NodeId &changed) {
        if (changed == m_node) {
            readMembers();
        }
    });
    connect(m_services.channels, &ChannelService::channelChanged, this, [this](const NodeId &changed) {
        if (changed == m_node) {
            readChannel();
        }
    });
    readChannel();
    readMembers();
}

QWidget *ChannelDetails::makePeople()
{
    auto *page = new QWidget(this);
    m_filter = new QLineEdit(page);
    m_filter->setObjectName(u"filterPeople"_s);
    m_filter->setPlaceholderText(tr("Filter people…"));
    m_filter->setAccessibleName(tr("Filter people"));
    addClearButton(m_filter);
    m_list = new QListView(page);
    m_list->setObjectName(u"people"_s);
    m_list->setAccessibleName(tr("People of this channel"));
    m_list->setModel(m_shown);
    m_list->setItemDelegate(new MemberDelegate(m_parts.theme, m_parts.avatars, m_services.account.jid.text(), m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    m_parts.theme.fill(m_list->viewport(), Theme::Side);
    m_none = new PlainLabel(m_parts.theme, Theme::Type::Small, Theme::Muted, page);
    m_none->setWordWrap(true);
    m_none->setContentsMargins(Theme::wide, Theme::small, Theme::wide, 0);
    m_none->hide();
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &words) {
        auto *shown = static_cast<ShownMembers *>(m_shown);
        shown->words = words.trimmed();
        shown->refilter();
    });
    connect(m_list, &QListView::customContextMenuRequested, this, [this](const QPoint &position) {
        showPersonMenu(m_list->indexAt(position), m_list->viewport()->mapToGlobal(position));
    });
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) {
        showPersonMenu(index, m_list->viewport()->mapToGlobal(m_list->visualRect(index).center()));
    });
    connect(&m_parts.avatars, &AvatarPainter::changed, m_list->viewport(), qOverload<>(&QWidget::update));
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::tight);
    auto *filterLine = new QHBoxLayout;
    filterLine->setContentsMargins(Theme::wide, 0, Theme::wide, 0);
    filterLine->addWidget(m_filter);
    layout->addLayout(filterLine);
    layout->addWidget(m_none);
    layout->addWidget(m_list, 1);
    m_invite = new QPushButton(m_parts.icons.named(IconNames::addPerson), tr("Invite…"), page);
    m_invite->setObjectName(u"invite"_s);
    setEmphasis(m_invite, Emphasis::Flat);
    m_invite->hide();
    connect(m_invite, &QPushButton::clicked, this, &ChannelDetails::invite);
    auto *inviteLine = new QHBoxLayout;
    inviteLine->setContentsMargins(Theme::small, Theme::tight, Theme::small, Theme::tight);
    inviteLine->addWidget(m_invite);
    inviteLine->addStretch();
    layout->addLayout(inviteLine);
    return page;
}

QWidget *ChannelDetails::makeAbout()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(Theme::wide, Theme::small, Theme::wide, Theme::wide);
    const auto addLabel = [&](Theme::Type type, Theme::Token ink) {
        auto *label = new PlainLabel(m_parts.theme, type, ink, page);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        layout->addWidget(label);
        return label;
    };
    m_title = addLabel(Theme::Type::Title, Theme::Text);
    m_title->setWeight(QFont::DemiBold);
    m_description = addLabel(Theme::Type::Body, Theme::Text);
    m_facts = addLabel(Theme::Type::Small, Theme::Muted);
    m_edit = new QPushButton(m_parts.icons.named(IconNames::edit), tr("Edit channel…"), page);
    m_delete = new QPushButton(m_parts.icons.named(IconNames::remove), tr("Delete channel…"), page);
    m_edit->setObjectName(u"editChannel"_s);
    m_delete->setObjectName(u"deleteChannel"_s);
    setEmphasis(m_delete, Emphasis::Danger);
    layout->addSpacing(Theme::small);
    layout->addWidget(m_edit, 0, Qt::AlignLeft);
    layout->addWidget(m_delete, 0, Qt::AlignLeft);
    auto *similar = new SimilarChannels(m_parts.theme, m_services, m_node, page);
    connect(similar, &SimilarChannels::activated, this, &ChannelDetails::channelActivated);
    layout->addWidget(similar);
    layout->addStretch();
    connect(m_edit, &QPushButton::clicked, this, [this] {
        auto *dialog = new ChannelDialog(m_parts, this);
        dialog->setChannel(m_services.account.id, m_channel);
        dialog->open();
    });
    connect(m_delete, &QPushButton::clicked, this, &ChannelDetails::confirmDelete);
    return page;
}

void ChannelDetails::readChannel()
{
    whenDone(m_services.channels->open(m_node), this, [this](const Result<Channel> &channel) {
        if (!channel) {
            return; // the place says what is wrong
        }
        m_channel = *channel;
        m_title->setText(m_channel.displayTitle());
        m_description->setText(m_channel.description);
        m_description->setVisible(!m_channel.description.isEmpty());
        QStringList facts{m_node.channel().text(),
            u"%1. %2"_s.arg(
                ChannelWords::access(m_channel.accessModel), ChannelWords::accessMeaning(m_channel.accessModel)),
            tr("New followers: %1").arg(ChannelWords::roleMeaning(m_channel.defaultAffiliation)),
            tr("You: %1").arg(ChannelWords::role(m_channel.ownAffiliation))};
        if (m_channel.created.isValid()) {
            facts.append(tr("Made on %1").arg(QLocale().toString(m_channel.created.toLocalTime().date())));
        }
        m_facts->setText(facts.join(u"\n\n"_s));
        const ChannelStanding standing = m_services.channels->standingIn(m_channel);
        m_invite->setVisible(isAllowed(ChannelOperation::Invite, standing));
        m_edit->setVisible(isAllowed(ChannelOperation::EditChannel, standing));
        m_delete->setVisible(isAllowed(ChannelOperation::DeleteChannel, standing));
        const bool mayAnswer = isAllowed(ChannelOperation::AnswerRequests, standing);
        if (m_tabs->isTabVisible(Requests) != mayAnswer) {
            m_tabs->setTabVisible(Requests, mayAnswer);
            readMembers();
        }
    });
}

void ChannelDetails::readMembers()
{
    whenDone(m_services.channels->members(m_node), this, [this](const Result<QList<Membership>> &members) {
        if (!members) {
            return;
        }
        m_members->setMembers(*members, m_tabs->isTabVisible(Requests),
            [this](const Jid &jid) { return m_services.roster->nameOf(jid); });
        const int requests = m_members->countOf(MemberListModel::Requests);
        m_tabs->setTabText(Requests, requests > 0 ? tr("Requests %1").arg(requests) : tr("Requests"));
        showTab(m_tabs->currentIndex());
    });
}

void ChannelDetails::showTab(int tab)
{
    m_pages->setCurrentIndex(tab == About ? 1 : 0);
    auto *shown = static_cast<ShownMembers *>(m_shown);
    shown->showsRequests = tab == Requests;
    shown->refilter();
    const bool isEmpty = m_shown->rowCount() == 0;
    m_none->setText(tab == Requests ? tr("Nobody asks to follow.") : tr("Nobody that we know of."));
    m_none->setVisible(isEmpty && m_filter->text().isEmpty());
}

void ChannelDetails::report(Future<Done> answer)
{
    whenDone(answer, this, [this](const Result<Done> &done) {
        if (!done) {
            Q_EMIT said(ErrorText::sentence(done.error()));
        }
        readMembers();
    });
}

void ChannelDetails::showPersonMenu(const QModelIndex &index, const QPoint &position)
{
    if (!index.isValid()) {
        return;
    }
    const PersonMenu::Person person{Jid::fromTrusted(index.data(MemberListModel::JidRole).toString()),
        index.data(MemberListModel::NameRole).toString(),
        Affiliation(index.data(MemberListModel::AffiliationRole).toInt()),
        MemberListModel::Section(index.data(MemberListModel::SectionRole).toInt())};
    if (m_personMenu) {
        m_personMenu->deleteLater();
    }
    m_personMenu = new PersonMenu(m_services, m_channel, person, this);
    connect(m_personMenu, &PersonMenu::chatWanted, this, &ChannelDetails::personActivated);
    connect(m_personMenu, &PersonMenu::channelWanted, this, &ChannelDetails::channelActivated);
    connect(m_personMenu, &PersonMenu::profileWanted, this, &ChannelDetails::profileWanted);
    connect(m_personMenu, &PersonMenu::requestAnswered, this,
        [this](const Jid &jid, bool isAllowed) { report(m_services.channels->answerRequest(m_node, jid, isAllowed)); });
    connect(m_personMenu, &PersonMenu::followBackWanted, this, &ChannelDetails::followBack);
    connect(m_personMenu, &PersonMenu::roleChosen, this,
        [this](const Jid &jid, Affiliation role) { report(m_services.channels->setAffiliation(m_node, jid, role)); });
    connect(m_personMenu, &PersonMenu::removalChosen, this,
        [this](const Jid &jid) { report(m_services.channels->answerRequest(m_node, jid, false)); });
    m_personMenu->popup(position);
}

void ChannelDetails::followBack(const Jid &jid)
{
    whenDone(m_services.channels->follow(NodeId::of(jid)), this, [this](const Result<Membership> &membership) {
        if (!membership) {
            Q_EMIT said(ErrorText::sentence(membership.error(), ErrorText::Attempt::Follow));
        }
    });
}

void ChannelDetails::invite()
{
    auto *dialog = new InviteDialog(m_parts, m_services, m_channel, this);
    connect(dialog, &InviteDialog::invited, this, [this](const Jid &jid) {
        Q_EMIT said(tr("%1 is invited.").arg(m_services.roster->nameOf(jid)));
        readMembers();
    });
    dialog->open();
}

void ChannelDetails::confirmDelete()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Delete channel"));
    dialog->setLabelText(tr("This deletes all posts for everybody and cannot be undone.\nType %1 to delete it.")
            .arg(m_node.channel().local()));
    dialog->setOkButtonText(tr("Delete"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        if (text.trimmed() == m_node.channel().local()) {
            report(m_services.channels->deleteChannel(m_node));
        } else {
            Q_EMIT said(tr("Not deleted: that was not its name."));
        }
    });
    dialog->open();
}

} // namespace cumulet
