// Turns a processor's exception in an emulated thread (a wild pointer, a division by zero, an overflowed stack) into an outcome of the
// launch. All others go to whoever handled them before: a Java virtual machine lives on such signals.
#pragma once

#include <csetjmp>
#include <string>

namespace levin::emulation {

// While it lives, signals of this thread of the process jump to signalJump(). The jump must be set right after.
class SignalGuard {
 public:
  SignalGuard();
  ~SignalGuard();
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;
};

struct CaughtSignal {
  bool illegalAddress;
  const void* address;
  std::string text;
};

sigjmp_buf& signalJump();
// After a jump.
CaughtSignal caughtSignal();

}  // namespace levin::emulation
