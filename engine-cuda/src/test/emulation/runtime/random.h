// A small generator of numbers that follow from a seed (xorshift64*, Vigna 2016); a failure repeats with its seed.
#pragma once

#include <cstdint>

namespace levin::emulation {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(mixed(seed)) {}

  std::uint32_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<std::uint32_t>((state_ * 0x2545f4914f6cdd1dull) >> 32);
  }

  // In [0, bound).
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>((static_cast<std::uint64_t>(next()) * bound) >> 32); }

 private:
  // Neighbouring seeds must not begin alike (SplitMix64's finalizer), and the state must not be zero.
  static std::uint64_t mixed(std::uint64_t seed) {
    std::uint64_t z = seed + 0x9e3779b97f4a7c15ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return (z ^ (z >> 31)) | 1;
  }

  std::uint64_t state_;
};

}  // namespace levin::emulation
