// The recurrence on tensor cores as it is, but with a block that lags behind the others as far as it can.
#include "recurrence_slow_block.h"

#define copyAsync16 copyLate16
#define RENAMED tensorRecurrentSlow
#define NAMED(name) name##Slow
#include "recurrence_renamed.h"
