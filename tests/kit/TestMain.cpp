#include "kit/TestMain.h"

#include <QTest>
#ifdef QT_WIDGETS_LIB
#include <QApplication>
#elif defined(QT_GUI_LIB)
#include <QGuiApplication>
#else
#include <QCoreApplication>
#endif

#include <map>
#include <memory>
#include <string>

namespace cumulet::tests {

static std::map<std::string, std::function<QObject *()>> &registry()
{
    static std::map<std::string, std::function<QObject *()>> classes;
    return classes;
}

void registerTest(const char *name, std::function<QObject *()> make)
{
    registry().emplace(name, std::move(make));
}

} // namespace cumulet::tests

int main(int argc, char **argv)
{
#ifdef QT_WIDGETS_LIB
    QApplication application(argc, argv);
#elif defined(QT_GUI_LIB)
    QGuiApplication application(argc, argv);
#else
    QCoreApplication application(argc, argv);
#endif
    application.setApplicationName(QStringLiteral("cumulet-tests"));
    const auto &classes = cumulet::tests::registry();
    QStringList arguments = application.arguments();
    std::string only;
    if (arguments.size() > 1 && classes.contains(arguments.at(1).toStdString())) {
        only = arguments.takeAt(1).toStdString();
    } else if (arguments.size() > 1 && !arguments.at(1).startsWith(u'-')) {
        qCritical("no test class called %s", qPrintable(arguments.at(1)));
        return 2;
    }
    int failures = 0;
    for (const auto &[name, make] : classes) {
        if (only.empty() || only == name) {
            const std::unique_ptr<QObject> test(make());
            failures += QTest::qExec(test.get(), arguments);
        }
    }
    return failures > 0 ? 1 : 0;
}
