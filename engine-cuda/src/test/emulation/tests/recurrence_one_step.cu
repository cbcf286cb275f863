// The recurrence on tensor cores, wrong on purpose: the exchange has room for one step, which a block that lags behind still reads.
#include "recurrent_tensor.h"
#include "recurrence_slow_block.h"

#define copyAsync16 copyLate16
#define EXCHANGED_STEPS 1
#define RENAMED tensorRecurrentOneStep
#define NAMED(name) name##OneStep
#include "recurrence_renamed.h"
