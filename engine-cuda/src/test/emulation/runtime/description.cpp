#include "description.h"

#include <algorithm>
#include <cstring>

namespace levin::emulation {

namespace {

std::string waitingPlace(const Thread& thread) { return std::string(thread.waitsFor) + " at " + described(thread.site); }

bool waitsAtTheSame(const Thread& a, const Thread& b) {
  return b.waitsFor != nullptr && std::strcmp(a.waitsFor, b.waitsFor) == 0 && a.site.line == b.site.line;
}

bool waitsForCounter(const Thread& thread) { return thread.waitsFor != nullptr && std::strcmp(thread.waitsFor, "groupWait") == 0; }

// The first thread that the stuck one waits for and that does something else; one that has left, if there is one; null if there is none.
const Thread* missing(const Thread& stuck) {
  const Block& block = *stuck.block;
  const bool waitsForBlock = std::strcmp(stuck.waitsFor, "blockBarrier") == 0;
  const int from = waitsForBlock ? 0 : stuck.place.thread / 32 * 32;
  const int to = waitsForBlock ? block.count : std::min(from + 32, block.count);
  const Thread* elsewhere = nullptr;
  for (int index = from; index < to; index++) {
    const Thread& other = block.threads[index];
    if (other.left) {
      return &other;
    }
    if (elsewhere == nullptr && !waitsAtTheSame(stuck, other)) {
      elsewhere = &other;
    }
  }
  return elsewhere;
}

// How much a stuck thread tells about why all are: most, if others have left; then, if it waits for a counter.
int telling(const Thread& stuck) {
  if (waitsForCounter(stuck)) {
    return 1;
  }
  const Thread* const other = missing(stuck);
  return other != nullptr && other->left ? 2 : 0;
}

}  // namespace

std::string described(Site site) {
  const char* const slash = std::strrchr(site.file, '/');
  return std::string(slash == nullptr ? site.file : slash + 1) + ":" + std::to_string(site.line);
}

std::string described(const Launch& launch, const Block& block) {
  return " in kernel " + launch.kernel->name + ", block (" + std::to_string(block.x) + ", " + std::to_string(block.y) + ")";
}

std::string described(const Launch& launch, const Thread& thread) {
  return described(launch, *thread.block) + ", thread " + std::to_string(thread.place.thread);
}

std::string describedDeadlock(const Launch& launch, const std::unique_ptr<Block>* blocks, int count) {
  const Thread* stuck = nullptr;
  for (int index = 0; index < count; index++) {
    const Block& block = *blocks[index];
    for (int number = 0; number < block.count; number++) {
      const Thread& thread = block.threads[number];
      if (!thread.left && thread.waitsFor != nullptr && (stuck == nullptr || telling(thread) > telling(*stuck))) {
        stuck = &thread;
      }
    }
  }
  if (stuck == nullptr) {
    return "deadlock in kernel " + launch.kernel->name;
  }
  std::string text = "deadlock: a thread waits for ever for " + waitingPlace(*stuck);
  if (waitsForCounter(*stuck)) {
    text += ", until the counter reaches " + std::to_string(stuck->target) + "; it is " + std::to_string(*stuck->counter);
  } else if (const Thread* const other = missing(*stuck); other != nullptr) {
    text += ", but thread " + std::to_string(other->place.thread) + (other->left ? " has left" : " waits for " + waitingPlace(*other));
  }
  return text + described(launch, *stuck);
}

}  // namespace levin::emulation
