#include "resources/resources.h"

#include <QtGlobal>

static void takeIn()
{
    Q_INIT_RESOURCE(cumulet);
}

namespace cumulet {

void initResources()
{
    takeIn(); // the macro must stand outside every namespace
}

} // namespace cumulet
