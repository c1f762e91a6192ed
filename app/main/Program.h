#pragma once

#include "main/CommandLine.h"

#include <QObject>

#include <memory>

namespace cumulet {

class MainWindow;

/// Makes every object of the program once and connects them.
class Program : public QObject
{
    Q_OBJECT

public:
    explicit Program(const CommandLine &line, QObject *parent = nullptr);
    ~Program() override;

    /// Opens the profile and shows the window.
    void start();
    /// Another start of the program wanted something of this one.
    void take(const QStringList &arguments, const QString &activationToken);

private:
    void openDatabase();
    void explain(int kind, const QString &detail = {});
    void loadProfile();
    void showWindow();
    void logInFromCommandLine();
    void followAccount(qint64 id);
    void refreshTray();
    void quit();
    void leave();
    void tellHolding(qint64 id);

    struct Parts;
    std::unique_ptr<Parts> d;
};

} // namespace cumulet
