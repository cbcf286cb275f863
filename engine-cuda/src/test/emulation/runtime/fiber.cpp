#include "fiber.h"

#include <sys/mman.h>

#include <cstdint>
#include <new>

namespace levin::emulation {

namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t stackSize = 64 * 1024;

}  // namespace

#if defined(__x86_64__)

// The registers that a called function must preserve go to the old stack and come from the new one. The state of the floating-point unit is
// the same for all fibers.
extern "C" void levinSwitchContext(void** from, void* to);
asm(R"(
.text
.hidden levinSwitchContext
.globl levinSwitchContext
.type levinSwitchContext, @function
levinSwitchContext:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size levinSwitchContext, .-levinSwitchContext
)");

void switchContext(Context& from, Context& to) { levinSwitchContext(&from.stackPointer, to.stackPointer); }

#else

void switchContext(Context& from, Context& to) { swapcontext(&from.state, &to.state); }

#endif

Fiber::Fiber(int number, void (*entry)()) : number_(number), entry_(entry) {
  mapping_ = mmap(nullptr, page + stackSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping_ == MAP_FAILED) {
    throw std::bad_alloc();
  }
  // What overflows the stack meets this page instead of a neighbour.
  mprotect(mapping_, page, PROT_NONE);
  restart();
}

Fiber::~Fiber() { munmap(mapping_, page + stackSize); }

void Fiber::restart() {
#if defined(__x86_64__)
  // Stacks that begin at the same place in a page would compete for the same few lines of the cache.
  const std::uintptr_t end = reinterpret_cast<std::uintptr_t>(mapping_) + page + stackSize;
  void** top = reinterpret_cast<void**>(end - static_cast<std::uintptr_t>(number_ % 31) * 128);
  *--top = nullptr;
  *--top = reinterpret_cast<void*>(entry_);
  for (int savedRegister = 0; savedRegister < 6; savedRegister++) {
    *--top = nullptr;
  }
  context.stackPointer = top;
#else
  getcontext(&context.state);
  context.state.uc_stack.ss_sp = static_cast<char*>(mapping_) + page;
  context.state.uc_stack.ss_size = stackSize;
  context.state.uc_link = nullptr;
  makecontext(&context.state, entry_, 0);
#endif
}

Fiber* FiberPool::take() {
  if (free_.empty()) {
    all_.push_back(std::make_unique<Fiber>(static_cast<int>(all_.size()), entry_));
    return all_.back().get();
  }
  Fiber* const fiber = free_.back();
  free_.pop_back();
  return fiber;
}

void FiberPool::reclaim() {
  free_.clear();
  for (const auto& fiber : all_) {
    fiber->restart();
    free_.push_back(fiber.get());
  }
}

}  // namespace levin::emulation
