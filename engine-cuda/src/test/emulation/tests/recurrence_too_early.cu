// The recurrence on tensor cores, wrong on purpose: a stage is read before it has come.
#include "kernel.h"

template <int groups>
DEVICE void waitForTooFew() {
  copyAsyncWait<groups + 1>();
}
#define copyAsyncWait waitForTooFew
#define RENAMED tensorRecurrentTooEarly
#define NAMED(name) name##TooEarly
#include "recurrence_renamed.h"
