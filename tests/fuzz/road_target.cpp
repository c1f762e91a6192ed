// For clang's fuzzer: bytes through the whole inbound road. A stanza that makes the client deaf, or ends the connection
// without a reason, or touches what is ours alone is a find.
#include "fuzz/InboundRoad.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace cumulet::tests;

static InboundRoad *road = nullptr; // lives as long as the process, which the fuzzer ends

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    new QCoreApplication(*argc, *argv);
    QLoggingCategory::setFilterRules(u"cumulet.*=false"_s);
    road = new InboundRoad;
    if (!road->open()) {
        qFatal("no road: %s", qPrintable(road->error()));
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const auto before = road->store();
    const auto outcome = road->push(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    bool isWell = !outcome.isDeaf && (!outcome.hasEnded || !outcome.error.detail.isEmpty());
    for (const auto &change : StoreSnapshot::changes(before, road->store())) {
        isWell = isWell && change.table != u"outbox" && change.table != u"post_outbox" && change.table != u"draft";
    }
    if (!isWell) {
        std::abort();
    }
    return 0;
}
