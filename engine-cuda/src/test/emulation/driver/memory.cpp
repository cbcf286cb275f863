#include "memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <new>

#include "../runtime/block.h"
#include "failure.h"

namespace levin::emulation {

namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t alignment = 256;
// Checked before an allocation; behind it, all up to the end of its page is.
constexpr std::size_t frontZone = 256;
// Between allocations: what misses by less than this hits nobody else.
constexpr std::size_t gap = 16 * page;
// Address space only, of which what is freed is not used again.
constexpr std::size_t arenaSize = std::size_t{1} << 42;

std::size_t roundedUp(std::size_t size, std::size_t unit) { return (size + unit - 1) / unit * unit; }

void* pointer(DevicePointer address) { return reinterpret_cast<void*>(address); }

}  // namespace

Memory& memory() {
  static Memory instance;
  return instance;
}

DevicePointer Memory::allocate(std::size_t size, bool host, std::size_t capacity) {
  if (size == 0) {
    throw Failure{invalidValue, "allocation of no bytes"};
  }
  if (!host && size > capacity - std::min(capacity, used_)) {
    throw Failure{outOfMemory, ""};
  }
  if (arena_ == 0) {
    void* const reserved = mmap(nullptr, arenaSize, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (reserved == MAP_FAILED) {
      throw std::bad_alloc();
    }
    arena_ = next_ = reinterpret_cast<DevicePointer>(reserved);
  }
  const std::size_t pageBytes = roundedUp(roundedUp(size, alignment) + frontZone, page);
  const DevicePointer firstPage = next_ + gap;
  if (firstPage + pageBytes + gap > arena_ + arenaSize || mprotect(pointer(firstPage), pageBytes, PROT_READ | PROT_WRITE) != 0) {
    throw Failure{outOfMemory, "the emulation's address space is exhausted"};
  }
  next_ = firstPage + pageBytes;
  const DevicePointer begin = firstPage + pageBytes - roundedUp(size, alignment);
  fillWithPoison(pointer(begin - frontZone), frontZone);
  fillWithPoison(pointer(begin), size);
  fillWithPoison(pointer(begin + size), firstPage + pageBytes - begin - size);
  living_[begin] = {begin, size, host, firstPage, pageBytes};
  used_ += host ? 0 : size;
  return begin;
}

void Memory::release(const Allocation& allocation) {
  mprotect(pointer(allocation.firstPage), allocation.pageBytes, PROT_NONE);
  madvise(pointer(allocation.firstPage), allocation.pageBytes, MADV_DONTNEED);
  used_ -= allocation.host ? 0 : allocation.size;
}

void Memory::free(DevicePointer begin, bool host) {
  const auto found = living_.find(begin);
  if (found == living_.end() || found->second.host != host) {
    throw Failure{invalidValue, "free of what is not the begin of a living allocation: " + described(pointer(begin))};
  }
  const std::string damaged = damage(found->second);
  release(found->second);
  living_.erase(found);
  if (!damaged.empty()) {
    throw Failure{illegalAddress, damaged};
  }
}

void Memory::freeAll() {
  for (const auto& [begin, allocation] : living_) {
    release(allocation);
  }
  living_.clear();
}

const Allocation* Memory::find(DevicePointer address) const {
  auto after = living_.upper_bound(address);
  if (after == living_.begin()) {
    return nullptr;
  }
  const Allocation& allocation = (--after)->second;
  return address <= allocation.begin + allocation.size ? &allocation : nullptr;
}

void Memory::require(DevicePointer begin, std::size_t size, const char* what) const {
  if (size == 0) {
    return;
  }
  const Allocation* const allocation = find(begin);
  if (allocation == nullptr || size > allocation->begin + allocation->size - begin) {
    throw Failure{invalidValue, std::string(what) + " of " + std::to_string(size) + " bytes, " + described(pointer(begin))};
  }
}

bool Memory::contains(const void* address) const {
  const DevicePointer value = reinterpret_cast<DevicePointer>(address);
  return arena_ != 0 && value >= arena_ && value < arena_ + arenaSize;
}

std::string Memory::damage(const Allocation& allocation) const {
  const std::string name = "the allocation of " + std::to_string(allocation.size) + " bytes";
  if (!isPoison(pointer(allocation.begin - frontZone), frontZone)) {
    return "bytes before " + name + " were overwritten";
  }
  const DevicePointer end = allocation.begin + allocation.size;
  if (!isPoison(pointer(end), allocation.firstPage + allocation.pageBytes - end)) {
    return "bytes after " + name + " were overwritten";
  }
  return "";
}

void Memory::checkRedZones() const {
  for (const auto& [begin, allocation] : living_) {
    const std::string damaged = damage(allocation);
    if (!damaged.empty()) {
      throw Failure{illegalAddress, damaged};
    }
  }
}

std::string Memory::described(const void* address) const {
  const DevicePointer value = reinterpret_cast<DevicePointer>(address);
  if (!contains(address)) {
    return "an address outside of the device's memory";
  }
  const auto after = living_.upper_bound(value);
  if (after != living_.begin()) {
    const Allocation& allocation = std::prev(after)->second;
    const std::size_t offset = value - allocation.begin;
    const std::string name = " of the allocation of " + std::to_string(allocation.size) + " bytes";
    if (offset < allocation.size) {
      return "at byte " + std::to_string(offset) + name;
    }
    if (value < allocation.firstPage + allocation.pageBytes + gap) {
      return std::to_string(offset - allocation.size) + " bytes past the end" + name;
    }
  }
  if (after != living_.end() && value + gap >= after->second.firstPage) {
    return std::to_string(after->first - value) + " bytes before the begin of the allocation of " + std::to_string(after->second.size)
        + " bytes";
  }
  return "an address in no living allocation";
}

}  // namespace levin::emulation
