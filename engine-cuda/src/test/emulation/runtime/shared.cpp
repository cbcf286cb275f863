#include <cstdlib>
#include <cstring>
#include <new>

#include "block.h"

namespace levin::emulation {

namespace {

constexpr std::size_t redZone = 64;
constexpr std::size_t maximumFixed = 48 * 1024;

std::size_t roundedUp(std::size_t size, std::size_t unit) { return (size + unit - 1) / unit * unit; }

}  // namespace

void fillWithPoison(void* memory, std::size_t bytes) {
  unsigned char* const begin = static_cast<unsigned char*>(memory);
  std::size_t at = 0;
  for (; at + sizeof poison <= bytes; at += sizeof poison) {
    std::memcpy(begin + at, &poison, sizeof poison);
  }
  std::memcpy(begin + at, &poison, bytes - at);
}

bool isPoison(const void* memory, std::size_t bytes) {
  const unsigned char* const begin = static_cast<const unsigned char*>(memory);
  std::size_t at = 0;
  for (; at + sizeof poison <= bytes; at += sizeof poison) {
    if (std::memcmp(begin + at, &poison, sizeof poison) != 0) {
      return false;
    }
  }
  return std::memcmp(begin + at, &poison, bytes - at) == 0;
}

void SharedMemory::Free::operator()(unsigned char* memory) const { std::free(memory); }

void SharedMemory::prepare(std::size_t dynamicBytes) {
  const std::size_t wanted = roundedUp(dynamicBytes, 64) + redZone + 2 * maximumFixed;
  if (wanted > capacity_) {
    memory_.reset(static_cast<unsigned char*>(std::aligned_alloc(128, roundedUp(wanted, 128))));
    if (memory_ == nullptr) {
      throw std::bad_alloc();
    }
    capacity_ = wanted;
  }
  dynamicBytes_ = dynamicBytes;
  arrays_.clear();
  // Poison covers the red zone, too, which begins right after the last dynamic byte.
  used_ = roundedUp(dynamicBytes, 64) + redZone;
  fillWithPoison(memory_.get(), dynamicBytes);
  fillWithPoison(memory_.get() + dynamicBytes, used_ - dynamicBytes);
}

void* SharedMemory::fixed(const void* key, std::size_t size, const char* name) {
  for (const Array& array : arrays_) {
    if (array.key == key) {
      return memory_.get() + array.offset;
    }
  }
  const std::size_t offset = used_;
  const std::size_t room = roundedUp(size, 64) + redZone;
  std::size_t sum = size;
  for (const Array& array : arrays_) {
    sum += array.size;
  }
  if (sum > maximumFixed || offset + room > capacity_) {
    return nullptr;
  }
  fillWithPoison(memory_.get() + offset, size);
  fillWithPoison(memory_.get() + offset + size, room - size);
  used_ = offset + room;
  arrays_.push_back({key, name, offset, size});
  return memory_.get() + offset;
}

bool SharedMemory::contains(const void* pointer, std::size_t bytes) const {
  const unsigned char* const begin = static_cast<const unsigned char*>(pointer);
  return begin >= memory_.get() && begin + bytes <= memory_.get() + used_;
}

std::string SharedMemory::damage() const {
  const auto damaged = [this](std::size_t end) {
    return !isPoison(memory_.get() + end, roundedUp(end, 64) + redZone - end);
  };
  if (damaged(dynamicBytes_)) {
    return "writes past the " + std::to_string(dynamicBytes_) + " bytes of dynamic shared memory";
  }
  for (const Array& array : arrays_) {
    if (damaged(array.offset + array.size)) {
      return std::string("writes past the shared array ") + array.name + " of " + std::to_string(array.size) + " bytes";
    }
  }
  return "";
}

}  // namespace levin::emulation
