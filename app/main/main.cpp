#include "main/CommandLine.h"
#include "main/Program.h"
#include "platform/SingleInstance.h"
#include "resources/resources.h"

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(u"cumulet"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(CUMULET_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Cumulet"_s);
    QGuiApplication::setDesktopFileName(u"im.cumulet.Cumulet"_s);
    QApplication application(argc, argv);
    // a closed window may live on in the tray; MainWindow says when the program ends
    QApplication::setQuitOnLastWindowClosed(false);
    cumulet::initResources();
    application.setWindowIcon(QIcon(u":/icons/cumulet.svg"_s));

    const auto line = cumulet::CommandLine::read(application);
    if (!QDir().mkpath(line.profile)) {
        std::fprintf(stderr, "cumulet: the folder %s cannot be made\n", qUtf8Printable(line.profile));
        return 1;
    }
    cumulet::SingleInstance instance(line.profile);
    if (!instance.claim()) {
        return instance.handOver(application.arguments()) ? 0 : 1;
    }

    QTranslator qtWords;
    if (qtWords.load(QLocale(), u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&qtWords);
    }
    // the source texts leave their plurals to this one; the user's language, if we have it, comes on top
    QTranslator english;
    if (english.load(u":/translations/cumulet_en.qm"_s)) {
        QCoreApplication::installTranslator(&english);
    }
    QTranslator words;
    if (words.load(QLocale(), u"cumulet"_s, u"_"_s, u":/translations"_s)) {
        QCoreApplication::installTranslator(&words);
    }

    cumulet::Program program(line);
    QObject::connect(&instance, &cumulet::SingleInstance::argumentsReceived, &program, &cumulet::Program::take);
    program.start();
    return QApplication::exec();
}
