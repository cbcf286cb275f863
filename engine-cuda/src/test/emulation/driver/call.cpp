#include "call.h"

#include <cstdio>

#include "handles.h"
#include "memory.h"

namespace levin::emulation {

namespace {

struct Driver {
  std::mutex mutex;
  Settings settings;
  bool initialized = false;
  int retained = 0;
  Result poisoned = success;
  std::uint64_t faultCalls = 0;
  Random random{1};
};

Driver driver;
// The handle of the only context is the address of this.
char primaryContext;
thread_local void* current = nullptr;

void releaseEverything() {
  forgetHandles();
  memory().freeAll();
  driver.poisoned = success;
}

}  // namespace

std::mutex& driverMutex() { return driver.mutex; }

const Settings& settings() { return driver.settings; }

void initialize() {
  driver.settings = settingsOfEnvironment();
  driver.faultCalls = 0;
  driver.random = Random(driver.settings.seed);
  if (driver.settings.devices == 0) {
    throw Failure{noDevice, ""};
  }
  driver.initialized = true;
}

Random& driverRandom() { return driver.random; }

void admit(const char* function, Needs needs) {
  if (driver.settings.faultFunction == function && ++driver.faultCalls == driver.settings.faultCall) {
    throw Failure{static_cast<Result>(driver.settings.faultResult), "planted fault"};
  }
  if (needs != Needs::nothing && !driver.initialized) {
    throw Failure{notInitialized, ""};
  }
  if (needs == Needs::context) {
    if (current == nullptr || driver.retained == 0) {
      throw Failure{invalidContext, "no context is current for this thread"};
    }
    if (driver.poisoned != success) {
      throw Failure{driver.poisoned, ""};
    }
  }
}

int report(const char* function, const Failure& failure) {
  if (!failure.message.empty()) {
    std::fprintf(stderr, "emulation: %s: %s (seed %llu)\n", function, failure.message.c_str(),
                 static_cast<unsigned long long>(driver.settings.seed));
  }
  return failure.result;
}

void setCurrentContext(void* context) {
  if (context != nullptr && (context != &primaryContext || driver.retained == 0)) {
    throw Failure{invalidContext, "this is no living context"};
  }
  current = context;
}

void* currentContext() { return current; }

void* retainContext() {
  driver.retained++;
  return &primaryContext;
}

bool releaseContext() {
  if (driver.retained == 0) {
    return false;
  }
  if (--driver.retained == 0) {
    releaseEverything();
  }
  return true;
}

void resetContext() {
  driver.retained = 0;
  releaseEverything();
}

bool contextActive() { return driver.retained > 0; }

void poisonContext(Result result) { driver.poisoned = result; }

}  // namespace levin::emulation
