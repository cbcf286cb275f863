#include "scheduler.h"

#include <algorithm>
#include <csetjmp>
#include <new>
#include <numeric>

#include "description.h"
#include "random.h"
#include "signals.h"

namespace levin::emulation {

const Place* place = nullptr;

namespace {

void runThreads();

struct State {
  const Launch* launch = nullptr;
  Random random{1};
  // Only the latest so many of those that are ready are chosen from; see takeReady.
  std::uint32_t window = 1;
  std::uint32_t choicesInWindow = 0;
  Thread* current = nullptr;
  // Where run() goes on once no thread can.
  Context main;
  std::vector<Thread*> ready;
  // Those who wait for a counter.
  std::vector<Thread*> waiting;
  // Kept from launch to launch, as the fibers are.
  std::vector<Thread> threads;
  std::vector<std::unique_ptr<Block>> blocks;
  int alive = 0;
  Outcome outcome{};
  FiberPool fibers{runThreads};
  std::uint64_t switches = 0;
};

State state;

// Takes a random one of those that are ready; null if none is. If all were always as likely, then blocks and warps would keep in step with
// each other, and a barrier that is missing between them would hardly show. So for some time only those are chosen from that became ready
// last, which lets one warp or one block run far ahead.
Thread* takeReady() {
  if (state.ready.empty()) {
    wakeWaiters();
    if (state.ready.empty()) {
      return nullptr;
    }
  }
  if (state.choicesInWindow-- == 0) {
    state.choicesInWindow = state.random.below(1024);
    const std::uint32_t windows[] = {32, static_cast<std::uint32_t>(state.launch->threads), ~0u};
    state.window = windows[state.random.below(3)];
  }
  const std::uint32_t ready = static_cast<std::uint32_t>(state.ready.size());
  Thread*& chosen = state.ready[ready - 1 - state.random.below(std::min(ready, state.window))];
  Thread* const thread = chosen;
  chosen = state.ready.back();
  state.ready.pop_back();
  return thread;
}

void enter(Thread* thread) {
  state.current = thread;
  place = &thread->place;
  state.switches++;
}

// What every fiber does for ever: it runs the current thread to its end, then goes on with another. A thread that was not yet started needs
// no other stack, so that kernels which never wait need no change of stacks at all.
void runThreads() {
  for (;;) {
    state.launch->kernel->call(state.launch->kernel->body, state.launch->arguments);
    Thread* const ended = state.current;
    Fiber* const fiber = ended->fiber;
    ended->fiber = nullptr;
    ended->left = true;
    ended->block->left++;
    state.alive--;
    Thread* const next = takeReady();
    if (next == nullptr) {
      state.fibers.giveBack(fiber);
      switchContext(fiber->context, state.main);
    } else if (next->fiber == nullptr) {
      next->fiber = fiber;
      enter(next);
    } else {
      state.fibers.giveBack(fiber);
      enter(next);
      switchContext(fiber->context, next->fiber->context);
    }
  }
}

void prepare(Block& block, int number, Thread* threads) {
  const Launch& launch = *state.launch;
  block.x = number % launch.blocksX;
  block.y = number / launch.blocksX;
  block.threads = threads;
  block.count = launch.threads;
  block.atBarrier = 0;
  block.left = 0;
  block.warps.resize(static_cast<std::size_t>(launch.threads + 31) / 32);
  for (Warp& warp : block.warps) {
    warp.arrived = 0;
  }
  block.shared.prepare(launch.dynamicSharedBytes);
  for (int index = 0; index < launch.threads; index++) {
    Thread& thread = threads[index];
    thread.place = {index, launch.threads, block.x, launch.blocksX, block.y, launch.blocksY};
    thread.block = &block;
    thread.fiber = nullptr;
    thread.waitsFor = nullptr;
    thread.left = false;
    thread.copies.clear();
    thread.copyGroup = 0;
    state.ready.push_back(&thread);
  }
}

// Returns once no thread can go on. Never part of its caller, whose variables a jump must not find in registers.
__attribute__((noinline)) void startFirst() {
  Thread* const first = takeReady();
  first->fiber = state.fibers.take();
  enter(first);
  switchContext(state.main, first->fiber->context);
}

__attribute__((noinline)) void endBySignal() {
  const CaughtSignal caught = caughtSignal();
  state.outcome = {caught.illegalAddress ? Outcome::illegalAddress : Outcome::failed,
                   caught.text + described(*state.launch, *state.current), caught.address};
}

// Lets the threads of these blocks run until none can.
void runReady() {
  const SignalGuard guard;
  if (sigsetjmp(signalJump(), 0) == 0) {
    startFirst();
  } else {
    endBySignal();
  }
}

void runBlocks(const int* numbers, int count) {
  const std::size_t threads = static_cast<std::size_t>(state.launch->threads);
  while (state.blocks.size() < static_cast<std::size_t>(count)) {
    state.blocks.push_back(std::make_unique<Block>());
  }
  if (state.threads.size() < threads * static_cast<std::size_t>(count)) {
    state.threads.resize(threads * static_cast<std::size_t>(count));
  }
  state.ready.clear();
  state.waiting.clear();
  state.alive = state.launch->threads * count;
  for (int index = 0; index < count; index++) {
    prepare(*state.blocks[static_cast<std::size_t>(index)], numbers[index], &state.threads[threads * static_cast<std::size_t>(index)]);
  }
  runReady();
  if (state.outcome.kind == Outcome::done && state.alive > 0) {
    state.outcome = {Outcome::failed, describedDeadlock(*state.launch, state.blocks.data(), count), nullptr};
  }
  for (int index = 0; index < count && state.outcome.kind == Outcome::done; index++) {
    const Block& block = *state.blocks[static_cast<std::size_t>(index)];
    const std::string damage = block.shared.damage();
    if (!damage.empty()) {
      state.outcome = {Outcome::illegalAddress, damage + described(*state.launch, block), nullptr};
    }
  }
  if (state.outcome.kind != Outcome::done) {
    state.fibers.reclaim();
  }
}

}  // namespace

Outcome run(const Launch& launch) {
  state.launch = &launch;
  state.random = Random(launch.seed);
  state.choicesInWindow = 0;
  state.outcome = {Outcome::done, "", nullptr};
  const int blocks = launch.blocksX * launch.blocksY;
  std::vector<int> order(static_cast<std::size_t>(blocks));
  std::iota(order.begin(), order.end(), 0);
  for (int index = blocks - 1; index > 0; index--) {
    std::swap(order[static_cast<std::size_t>(index)], order[state.random.below(static_cast<std::uint32_t>(index + 1))]);
  }
  if (launch.cooperative) {
    runBlocks(order.data(), blocks);
  } else {
    for (int index = 0; index < blocks && state.outcome.kind == Outcome::done; index++) {
      runBlocks(&order[static_cast<std::size_t>(index)], 1);
    }
  }
  place = nullptr;
  return state.outcome;
}

std::uint64_t threadSwitches() { return state.switches; }

Thread& currentThread() { return *state.current; }

void wake(Thread& thread) {
  thread.waitsFor = nullptr;
  state.ready.push_back(&thread);
}

void suspend() {
  Thread* const self = state.current;
  Thread* const next = takeReady();
  if (next == self) {
    return;
  }
  if (next == nullptr) {
    switchContext(self->fiber->context, state.main);
  }
  if (next->fiber == nullptr) {
    try {
      next->fiber = state.fibers.take();
    } catch (const std::bad_alloc&) {
      fail(Outcome::failed, "there is no memory for another thread's stack", self->site);
    }
  }
  enter(next);
  switchContext(self->fiber->context, next->fiber->context);
}

void giveWay() {
  state.ready.push_back(state.current);
  suspend();
}

std::uint32_t randomBelow(std::uint32_t bound) { return state.random.below(bound); }

void suspendUntil(const unsigned* counter, unsigned target) {
  Thread& self = *state.current;
  self.counter = counter;
  self.target = target;
  state.waiting.push_back(&self);
  suspend();
}

void wakeWaiters() {
  std::size_t kept = 0;
  for (Thread* const thread : state.waiting) {
    if (static_cast<int>(*thread->counter - thread->target) < 0) {
      state.waiting[kept++] = thread;
    } else {
      wake(*thread);
    }
  }
  state.waiting.resize(kept);
}

bool blocksMayWait() { return state.launch->cooperative || state.launch->blocksX * state.launch->blocksY == 1; }

void fail(Outcome::Kind kind, const std::string& text, Site site) {
  state.outcome = {kind, text + " at " + described(site) + described(*state.launch, *state.current), nullptr};
  Context abandoned;
  switchContext(abandoned, state.main);
  __builtin_unreachable();
}

}  // namespace levin::emulation
