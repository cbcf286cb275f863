// What src/main/cuda/kernel.h names, for g++: the same names and meanings, as functions of the emulation. Everything that waits for other
// threads hands the processor to them, and remembers where it was called, for the message if they never come.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "runtime/registry.h"
#include "runtime/threads.h"

#define KERNEL(name, threads, ...) NAMED_KERNEL(name, threads, __VA_ARGS__)  // where a name is a macro, what it stands for
#define NAMED_KERNEL(name, threads, ...)                                                                      \
  static void name##Body(__VA_ARGS__);                                                                        \
  static const levin::emulation::Registration name##Registration(#name, threads, name##Body, __FILE__);       \
  static void name##Body(__VA_ARGS__)
#define RESIDENT_KERNEL(name, threads, blocks, ...) KERNEL(name, threads, __VA_ARGS__)
#define DEVICE static inline
#define UNROLLED
#define ROLLED
#define SHARED(type, name, dimensions)                                                                        \
  using name##Type = type dimensions;                                                                         \
  static const char name##Key = 0;                                                                            \
  name##Type& name = *static_cast<name##Type*>(levin::emulation::staticShared(&name##Key, sizeof(name##Type), #name))
#define SHARED_DYNAMIC(type, name) type* const name = static_cast<type*>(levin::emulation::dynamicShared())
#define REQUIRE(condition) \
  ((condition) ? (void)0 : levin::emulation::requirementFailed(#condition, levin::emulation::Site::here()))

struct alignas(8) float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
struct alignas(8) uint2 { unsigned x, y; };
struct alignas(16) uint4 { unsigned x, y, z, w; };
struct alignas(8) int2 { int x, y; };
struct alignas(16) int4 { int x, y, z, w; };

DEVICE float2 make_float2(float x, float y) { return {x, y}; }
DEVICE float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
DEVICE uint2 make_uint2(unsigned x, unsigned y) { return {x, y}; }
DEVICE uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return {x, y, z, w}; }
DEVICE int2 make_int2(int x, int y) { return {x, y}; }
DEVICE int4 make_int4(int x, int y, int z, int w) { return {x, y, z, w}; }

// ---- Place ----

DEVICE int threadIndex() { return levin::emulation::place->thread; }
DEVICE int blockThreads() { return levin::emulation::place->threads; }
DEVICE int laneIndex() { return levin::emulation::place->thread & 31; }
DEVICE int warpIndex() { return levin::emulation::place->thread >> 5; }
DEVICE int blockIndex() { return levin::emulation::place->block; }
DEVICE int gridBlocks() { return levin::emulation::place->blocks; }
DEVICE int blockIndexY() { return levin::emulation::place->blockY; }
DEVICE int gridBlocksY() { return levin::emulation::place->blocksY; }

// ---- Waiting ----

DEVICE void blockBarrier(levin::emulation::Site site = levin::emulation::Site::here()) { levin::emulation::blockBarrier(site); }
DEVICE void warpBarrier(levin::emulation::Site site = levin::emulation::Site::here()) {
  levin::emulation::collective("warpBarrier", nullptr, nullptr, 0, site);
}
DEVICE void groupArrive(unsigned* counter) { levin::emulation::groupArrive(counter); }
DEVICE void groupWait(const unsigned* counter, unsigned target, levin::emulation::Site site = levin::emulation::Site::here()) {
  levin::emulation::groupWait(counter, target, site);
}
DEVICE void groupBarrier(unsigned* counter, unsigned target, levin::emulation::Site site = levin::emulation::Site::here()) {
  levin::emulation::groupBarrier(counter, target, site);
}

// ---- Exchange within a warp ----

namespace levin::emulation {

// What a lane brings to a shuffle, and where its result comes back.
template <typename T>
struct Shuffle {
  T value;
  int argument;
};

template <typename T>
T shuffle(const char* operation, Combine combine, T value, int argument, Site site) {
  static_assert(std::is_arithmetic_v<T> && sizeof(T) >= 4, "shuffles take int, unsigned, float, double and their like");
  Shuffle<T> slot{value, argument};
  collective(operation, combine, &slot, sizeof slot, site);
  return slot.value;
}

// Gives each lane the value of the lane that `source` names, or its own if there is none.
template <typename T, typename Source>
void permute(unsigned char (*slots)[slotSize], Source source) {
  T values[32];
  for (int lane = 0; lane < 32; lane++) {
    std::memcpy(&values[lane], slots[lane], sizeof(T));
  }
  for (int lane = 0; lane < 32; lane++) {
    Shuffle<T> slot;
    std::memcpy(&slot, slots[lane], sizeof slot);
    const int from = source(lane, slot.argument);
    slot.value = values[from < 0 || from > 31 ? lane : from];
    std::memcpy(slots[lane], &slot, sizeof slot);
  }
}

}  // namespace levin::emulation

template <typename T>
DEVICE T shuffleDown(T value, int distance, levin::emulation::Site site = levin::emulation::Site::here()) {
  return levin::emulation::shuffle<T>(
      "shuffleDown",
      [](auto slots) { levin::emulation::permute<T>(slots, [](int lane, int argument) { return lane + argument; }); }, value, distance, site);
}
template <typename T>
DEVICE T shuffleUp(T value, int distance, levin::emulation::Site site = levin::emulation::Site::here()) {
  return levin::emulation::shuffle<T>(
      "shuffleUp",
      [](auto slots) { levin::emulation::permute<T>(slots, [](int lane, int argument) { return lane - argument; }); }, value, distance, site);
}
template <typename T>
DEVICE T shuffleXor(T value, int mask, levin::emulation::Site site = levin::emulation::Site::here()) {
  return levin::emulation::shuffle<T>(
      "shuffleXor",
      [](auto slots) { levin::emulation::permute<T>(slots, [](int lane, int argument) { return lane ^ argument; }); }, value, mask, site);
}
template <typename T>
DEVICE T shuffleIndex(T value, int lane, levin::emulation::Site site = levin::emulation::Site::here()) {
  return levin::emulation::shuffle<T>(
      "shuffleIndex",
      [](auto slots) { levin::emulation::permute<T>(slots, [](int, int argument) { return argument & 31; }); }, value, lane, site);
}
DEVICE unsigned warpBallot(bool condition, levin::emulation::Site site = levin::emulation::Site::here()) {
  return levin::emulation::ballot(condition, site);
}

// ---- Numbers ----

DEVICE float fusedMultiplyAdd(float a, float b, float c) { return std::fmaf(a, b, c); }
DEVICE unsigned multiplyHigh(unsigned a, unsigned b) { return static_cast<unsigned>((static_cast<std::uint64_t>(a) * b) >> 32); }
DEVICE unsigned floatBits(float value) {
  unsigned bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}
DEVICE float bitsFloat(unsigned bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}
DEVICE float approximateTanh(float x) { return std::tanh(x); }
DEVICE float approximateExp2(float x) { return std::exp2(x); }
DEVICE float approximateReciprocal(float x) { return 1.0f / x; }

DEVICE unsigned short toBfloat16(float value) {
  const unsigned bits = floatBits(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u) {
    return 0x7fff;
  }
  return static_cast<unsigned short>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}
DEVICE float fromBfloat16(unsigned short bits) { return bitsFloat(static_cast<unsigned>(bits) << 16); }
DEVICE unsigned packBfloat16(float low, float high) { return toBfloat16(low) | static_cast<unsigned>(toBfloat16(high)) << 16; }
DEVICE float lowBfloat16(unsigned pair) { return bitsFloat(pair << 16); }
DEVICE float highBfloat16(unsigned pair) { return bitsFloat(pair & 0xffff0000u); }

DEVICE unsigned toTf32(float value) {
  const unsigned bits = floatBits(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u) {
    return 0x7fffffff;
  }
  return (bits & 0x7f800000u) == 0x7f800000u ? bits : (bits + 0x1000u) & 0xffffe000u;
}

DEVICE unsigned toTf32Factor(float value) {
  const unsigned half = floatBits(value) + 0x1000u;
  return static_cast<std::int32_t>(half) > static_cast<std::int32_t>(floatBits(value)) ? half : floatBits(value);
}

// ---- Matrices ----

DEVICE void mmaBfloat16(
    float (&accumulator)[4], const unsigned (&a)[4], const unsigned (&b)[2], levin::emulation::Site site = levin::emulation::Site::here()) {
  levin::emulation::mmaBfloat16(accumulator, a, b, site);
}
DEVICE void mmaTf32(
    float (&accumulator)[4], const unsigned (&a)[4], const unsigned (&b)[2], levin::emulation::Site site = levin::emulation::Site::here()) {
  levin::emulation::mmaTf32(accumulator, a, b, site);
}
DEVICE void loadMatrix4(unsigned (&registers)[4], const void* row, levin::emulation::Site site = levin::emulation::Site::here()) {
  levin::emulation::loadMatrix(registers, 4, false, row, site);
}
DEVICE void loadMatrix4Transposed(unsigned (&registers)[4], const void* row, levin::emulation::Site site = levin::emulation::Site::here()) {
  levin::emulation::loadMatrix(registers, 4, true, row, site);
}
DEVICE void loadMatrix2(unsigned (&registers)[2], const void* row, levin::emulation::Site site = levin::emulation::Site::here()) {
  levin::emulation::loadMatrix(registers, 2, false, row, site);
}
DEVICE void loadMatrix2Transposed(unsigned (&registers)[2], const void* row, levin::emulation::Site site = levin::emulation::Site::here()) {
  levin::emulation::loadMatrix(registers, 2, true, row, site);
}

// ---- Memory ----

template <typename T>
DEVICE T loadFresh(const T* pointer) {
  levin::emulation::yieldPoint();
  return *pointer;
}
template <typename T>
DEVICE void storeFresh(T* pointer, T value) {
  levin::emulation::yieldPoint();
  *pointer = value;
}

DEVICE void copyAsync16(void* shared, const void* global, levin::emulation::Site site = levin::emulation::Site::here()) {
  levin::emulation::copyAsync("copyAsync16", shared, global, 16, true, site);
}
DEVICE void copyAsync16OrZero(
    void* shared, const void* global, bool inside, levin::emulation::Site site = levin::emulation::Site::here()) {
  levin::emulation::copyAsync("copyAsync16OrZero", shared, global, 16, inside, site);
}
DEVICE void copyAsyncCommit() { levin::emulation::copyAsyncCommit(); }
template <int groups>
DEVICE void copyAsyncWait() { levin::emulation::copyAsyncWait(groups); }

template <typename T>
DEVICE T atomicAddInteger(T* pointer, T value) {
  static_assert(std::is_integral_v<T>, "sums of floats in an undefined order would not repeat");
  levin::emulation::yieldPoint();
  const T before = *pointer;
  *pointer = static_cast<T>(before + value);
  return before;
}
