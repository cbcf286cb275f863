// The state of what runs: a thread, a warp, a block with its shared memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "fiber.h"
#include "threads.h"

namespace levin::emulation {

struct Block;

struct AsyncCopy {
  void* to;
  // Null for zeros.
  const void* from;
  std::size_t bytes;
  int group;
};

struct Thread {
  Place place;
  Block* block;
  // Null before the thread's start and after its end.
  Fiber* fiber;
  // What the thread waits for, or null; and where.
  const char* waitsFor;
  Site site;
  bool left;
  const unsigned* counter;
  unsigned target;
  std::vector<AsyncCopy> copies;
  int copyGroup;
};

struct Warp {
  int arrived;
  const char* operation;
  Site site;
  Thread* waiting[32];
  alignas(16) unsigned char slots[32][slotSize];
};

// A pattern that is NaN as float and double, NaN in both halves as bfloat16, and far out of range as an index.
constexpr std::uint32_t poison = 0x7fffffff;
void fillWithPoison(void* memory, std::size_t bytes);
bool isPoison(const void* memory, std::size_t bytes);

class SharedMemory {
 public:
  // Makes room for the launch's dynamic bytes and forgets all arrays of fixed size; everything is undefined again.
  void prepare(std::size_t dynamicBytes);
  // The array that the key names; null if there is no room for it.
  void* fixed(const void* key, std::size_t size, const char* name);
  void* dynamic() { return memory_.get(); }
  bool contains(const void* pointer, std::size_t bytes) const;
  // What was overwritten outside of all arrays, in words; empty if nothing.
  std::string damage() const;

 private:
  struct Array {
    const void* key;
    const char* name;
    std::size_t offset;
    std::size_t size;
  };

  struct Free {
    void operator()(unsigned char* memory) const;
  };
  std::unique_ptr<unsigned char[], Free> memory_;
  std::size_t capacity_ = 0;
  std::size_t dynamicBytes_ = 0;
  std::size_t used_ = 0;
  std::vector<Array> arrays_;
};

struct Block {
  int x;
  int y;
  Thread* threads;
  int count;
  int atBarrier;
  int left;
  Site barrier;
  std::vector<Warp> warps;
  SharedMemory shared;
};

}  // namespace levin::emulation
