// Barriers of blocks and groups, shared memory, asynchronous copies: what a kernel asks of the scheduler, warps apart.
#include <cstring>

#include "description.h"
#include "scheduler.h"

namespace levin::emulation {

namespace {

void perform(const AsyncCopy& copy) {
  if (copy.from == nullptr) {
    std::memset(copy.to, 0, copy.bytes);
  } else {
    std::memcpy(copy.to, copy.from, copy.bytes);
  }
}

}  // namespace

void blockBarrier(Site site) {
  Thread& self = currentThread();
  Block& block = *self.block;
  if (block.atBarrier == 0) {
    block.barrier = site;
  } else if (block.barrier.line != site.line || std::strcmp(block.barrier.file, site.file) != 0) {
    fail(Outcome::failed, "divergent barrier: other threads of the block wait at " + described(block.barrier) + ", this one", site);
  }
  self.waitsFor = "blockBarrier";
  self.site = site;
  if (++block.atBarrier == block.count) {
    block.atBarrier = 0;
    for (int index = 0; index < block.count; index++) {
      wake(block.threads[index]);
    }
  }
  suspend();
}

void groupArrive(unsigned* counter) {
  yieldPoint();
  ++*counter;
  wakeWaiters();
}

void groupWait(const unsigned* counter, unsigned target, Site site) {
  if (!blocksMayWait()) {
    fail(Outcome::failed, "blocks wait for each other in a launch that is not cooperative", site);
  }
  yieldPoint();
  if (static_cast<int>(*counter - target) >= 0) {
    return;
  }
  Thread& self = currentThread();
  self.waitsFor = "groupWait";
  self.site = site;
  suspendUntil(counter, target);
}

void groupBarrier(unsigned* counter, unsigned target, Site site) {
  blockBarrier(site);
  if (currentThread().place.thread == 0) {
    groupArrive(counter);
    // Nobody can be at the next barrier while this block is not through this one.
    if (static_cast<int>(*counter - target) > 0) {
      fail(Outcome::failed, "the counter of a group barrier is beyond its target (" + std::to_string(*counter) + " > " + std::to_string(target)
               + "): it was not zero at the start, or a target is wrong", site);
    }
    groupWait(counter, target, site);
  }
  blockBarrier(site);
}

void yieldPoint() {
  if (randomBelow(8) == 0) {
    giveWay();
  }
}

void* staticShared(const void* key, std::size_t size, const char* name) {
  void* const memory = currentThread().block->shared.fixed(key, size, name);
  if (memory == nullptr) {
    fail(Outcome::failed, std::string("the shared arrays of fixed size exceed 48 KB with ") + name, {"", 0});
  }
  return memory;
}

void* dynamicShared() { return currentThread().block->shared.dynamic(); }

void copyAsync(const char* operation, void* shared, const void* global, std::size_t bytes, bool inside, Site site) {
  Thread& self = currentThread();
  if (reinterpret_cast<std::uintptr_t>(shared) % bytes != 0 || reinterpret_cast<std::uintptr_t>(global) % bytes != 0) {
    fail(Outcome::illegalAddress, std::string(operation) + " needs addresses that are multiples of " + std::to_string(bytes), site);
  }
  if (!self.block->shared.contains(shared, bytes)) {
    fail(Outcome::illegalAddress, std::string(operation) + " to outside of shared memory", site);
  }
  const AsyncCopy copy{shared, inside ? global : nullptr, bytes, self.copyGroup};
  if (randomBelow(2) == 0) {
    perform(copy);
  } else {
    self.copies.push_back(copy);
  }
}

void copyAsyncCommit() { currentThread().copyGroup++; }

void copyAsyncWait(int groups) {
  Thread& self = currentThread();
  std::size_t kept = 0;
  for (const AsyncCopy& copy : self.copies) {
    // Groups from copyGroup - groups on may still be under way; what is not yet committed is not waited for.
    if (copy.group < self.copyGroup - groups) {
      perform(copy);
    } else {
      self.copies[kept++] = copy;
    }
  }
  self.copies.resize(kept);
}

void requirementFailed(const char* condition, Site site) {
  fail(Outcome::failed, std::string("required, but not so: ") + condition, site);
}

}  // namespace levin::emulation
