#include "description.h"

#include <cstring>

namespace levin::emulation {

namespace {

std::string waitingPlace(const Thread& thread) { return std::string(thread.waitsFor) + " at " + described(thread.site); }

bool waitsAtTheSame(const Thread& a, const Thread& b) {
  return b.waitsFor != nullptr && std::strcmp(a.waitsFor, b.waitsFor) == 0 && a.site.line == b.site.line;
}

// The first thread among [from, to) of the block that does something else than this one.
std::string exception(const Thread& stuck, int from, int to) {
  for (int index = from; index < to; index++) {
    const Thread& other = stuck.block->threads[index];
    if (other.left) {
      return ", but thread " + std::to_string(index) + " has left";
    }
    if (!waitsAtTheSame(stuck, other)) {
      return ", but thread " + std::to_string(index) + " waits for " + waitingPlace(other);
    }
  }
  return "";
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
  // A block in which some have left, or wait elsewhere, tells more than those that wait for it.
  for (int index = 0; index < count; index++) {
    const Block& block = *blocks[index];
    for (int thread = 0; thread < block.count; thread++) {
      const Thread& candidate = block.threads[thread];
      const bool waitsForCounter = candidate.waitsFor != nullptr && std::strcmp(candidate.waitsFor, "groupWait") == 0;
      if (!candidate.left && candidate.waitsFor != nullptr && (stuck == nullptr || !waitsForCounter)) {
        stuck = &candidate;
        if (!waitsForCounter && !exception(candidate, 0, block.count).empty()) {
          break;
        }
      }
    }
  }
  if (stuck == nullptr) {
    return "deadlock in kernel " + launch.kernel->name;
  }
  std::string text = "deadlock: a thread waits for ever for " + waitingPlace(*stuck);
  if (std::strcmp(stuck->waitsFor, "groupWait") == 0) {
    text += ", until the counter reaches " + std::to_string(stuck->target) + "; it is " + std::to_string(*stuck->counter);
  } else if (std::strcmp(stuck->waitsFor, "blockBarrier") == 0) {
    text += exception(*stuck, 0, stuck->block->count);
  } else {
    const int first = stuck->place.thread / 32 * 32;
    text += exception(*stuck, first, std::min(first + 32, stuck->block->count));
  }
  return text + described(launch, *stuck);
}

}  // namespace levin::emulation
