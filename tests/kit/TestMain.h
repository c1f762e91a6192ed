// One executable holds many test classes. Write CUMULET_TEST(MyTest) once in MyTest.cpp, after the class;
// "program MyTest [Qt Test arguments]" runs that class, without a name all run.
#pragma once

#include <QObject>

#include <functional>

namespace cumulet::tests {

/// Remembers how to make the test class called name.
void registerTest(const char *name, std::function<QObject *()> make);

} // namespace cumulet::tests

#define CUMULET_TEST(Class)                                                                                            \
    [[gnu::constructor]] static void registered##Class()                                                               \
    {                                                                                                                  \
        cumulet::tests::registerTest(#Class, []() -> QObject * { return new Class; });                                 \
    }
