// A stack of its own, and the change from one to another. A fiber runs emulated threads one after another; see scheduler.cpp.
#pragma once

#if !defined(__x86_64__)
#include <ucontext.h>
#endif

#include <cstddef>
#include <memory>
#include <vector>

namespace levin::emulation {

// Where a stopped flow of control goes on.
struct Context {
#if defined(__x86_64__)
  void* stackPointer = nullptr;
#else
  ucontext_t state;
#endif
};

// Stores where we are, and goes on there. Returns when somebody switches back.
void switchContext(Context& from, Context& to);

class Fiber {
 public:
  // `entry` must never return.
  Fiber(int number, void (*entry)());
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // Forgets what the fiber was doing; the next switch to it starts at the entry.
  void restart();

  Context context;

 private:
  void* mapping_;
  int number_;
  void (*entry_)();
};

// Fibers kept from launch to launch, since a new stack costs more than a small kernel.
class FiberPool {
 public:
  explicit FiberPool(void (*entry)()) : entry_(entry) {}

  Fiber* take();
  void giveBack(Fiber* fiber) { free_.push_back(fiber); }
  // Takes all back in whatever state they are.
  void reclaim();

 private:
  void (*entry_)();
  std::vector<std::unique_ptr<Fiber>> all_;
  std::vector<Fiber*> free_;
};

}  // namespace levin::emulation
