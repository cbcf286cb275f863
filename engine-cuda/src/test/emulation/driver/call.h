// The frame of every driver function: one at a time, initialized, with a context, and a result instead of an exception.
#pragma once

#include <mutex>
#include <new>

#include "../runtime/random.h"
#include "failure.h"
#include "settings.h"

namespace levin::emulation {

enum class Needs { nothing, driver, context };

std::mutex& driverMutex();
const Settings& settings();
void initialize();
// Decides the order in which streams run, and the seed of each launch.
Random& driverRandom();

// Throws what stands in the way of this call.
void admit(const char* function, Needs needs);
int report(const char* function, const Failure& failure);

// Whether a context is retained, and current for the calling thread.
void setCurrentContext(void* context);
void* currentContext();
void* retainContext();
// Returns false if it was not retained. The last release takes everything with it.
bool releaseContext();
void resetContext();
bool contextActive();

// From now on every call that needs a context fails with this result, as after a fault on a GPU.
void poisonContext(Result result);

// Returns the result of the body, which throws Failure if it cannot do what was asked.
template <typename Body>
int call(const char* function, Needs needs, Body body) {
  const std::lock_guard<std::mutex> lock(driverMutex());
  try {
    admit(function, needs);
    body();
    return success;
  } catch (const Failure& failure) {
    return report(function, failure);
  } catch (const std::bad_alloc&) {
    return report(function, {outOfMemory, "this machine's memory is exhausted"});
  }
}

}  // namespace levin::emulation
