// Memory of the emulated device and pinned memory of the host. Every allocation ends, up to 255 bytes, at a page that nobody may touch, and
// begins and ends with bytes whose change is noticed; the address of a freed one is never given out again.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "types.h"

namespace levin::emulation {

struct Allocation {
  DevicePointer begin;
  std::size_t size;
  bool host;
  // The pages it lies in.
  DevicePointer firstPage;
  std::size_t pageBytes;
};

class Memory {
 public:
  // Device memory begins as poison. Throws Failure if the device has no such room.
  DevicePointer allocate(std::size_t size, bool host, std::size_t capacity);
  // Throws Failure if this is not the begin of a living allocation of that kind, or if its red zones were overwritten.
  void free(DevicePointer begin, bool host);
  void freeAll();
  // The living allocation in which the address lies, or at whose end; null if there is none.
  const Allocation* find(DevicePointer address) const;
  // Throws Failure unless the bytes, if any, lie in one living allocation.
  void require(DevicePointer begin, std::size_t size, const char* what) const;
  // Whether this is memory from here; other memory of the process is pageable.
  bool contains(const void* pointer) const;
  // Throws Failure if anything next to an allocation was overwritten.
  void checkRedZones() const;
  // What was overwritten next to this allocation; empty if nothing.
  std::string damage(const Allocation& allocation) const;
  // Where an address lies, in words.
  std::string described(const void* address) const;
  std::size_t used() const { return used_; }

 private:
  void release(const Allocation& allocation);

  std::map<DevicePointer, Allocation> living_;
  DevicePointer arena_ = 0;
  DevicePointer next_ = 0;
  std::size_t used_ = 0;
};

Memory& memory();

}  // namespace levin::emulation
