// What a kernel under emulation calls: where it is, how it waits for others, how it exchanges with them, how it reports a fault.
// Implemented by the scheduler; device.h gives these the names of kernel.h.
#pragma once

#include <cstddef>

namespace levin::emulation {

// A place in a source, as the default argument of a function: where that function was called.
struct Site {
  const char* file;
  int line;

  static constexpr Site here(const char* file = __builtin_FILE(), int line = __builtin_LINE()) { return {file, line}; }
};

struct Place {
  int thread;
  int threads;
  int block;
  int blocks;
  int blockY;
  int blocksY;
};

// Of the thread that runs now.
extern const Place* place;

// Each lane of a warp brings at most so many bytes to a collective operation.
constexpr std::size_t slotSize = 64;

// Turns what the 32 lanes brought into what each takes away.
using Combine = void (*)(unsigned char (*slots)[slotSize]);

// Waits for all 32 lanes of the warp to come to the same operation at the same place; the last combines. `slot` is brought and taken away.
void collective(const char* operation, Combine combine, void* slot, std::size_t size, Site site);
unsigned ballot(bool condition, Site site);
void mmaBfloat16(float* accumulator, const unsigned* a, const unsigned* b, Site site);
void mmaTf32(float* accumulator, const unsigned* a, const unsigned* b, Site site);
void loadMatrix(unsigned* registers, int matrices, bool transposed, const void* row, Site site);

void blockBarrier(Site site);
void groupArrive(unsigned* counter);
void groupWait(const unsigned* counter, unsigned target, Site site);
void groupBarrier(unsigned* counter, unsigned target, Site site);

// Lets other threads run now and then.
void yieldPoint();

// The block's array of fixed size that this key names; poisoned when the first thread of the block asks for it.
void* staticShared(const void* key, std::size_t size, const char* name);
void* dynamicShared();

// A copy of bytes, or of as many zeros if there is nothing inside to copy, that takes place at once or as late as at the wait, so that one
// relied on too early shows.
void copyAsync(const char* operation, void* shared, const void* global, std::size_t bytes, bool inside, Site site);
void copyAsyncCommit();
void copyAsyncWait(int groups);

[[noreturn]] void requirementFailed(const char* condition, Site site);

}  // namespace levin::emulation
