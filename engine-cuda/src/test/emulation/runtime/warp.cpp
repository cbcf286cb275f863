// Operations of a whole warp: ballot, products of matrices, loads of matrices. Shuffles are templates in device.h.
#include <cstring>

#include "description.h"
#include "scheduler.h"

namespace levin::emulation {

namespace {

float asFloat(std::uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// What a lane brings to a product.
struct Fragments {
  float accumulator[4];
  unsigned a[4];
  unsigned b[2];
};
static_assert(sizeof(Fragments) <= slotSize);

// accumulator += a * b for [16][depth] and [depth][8]. The products are exact, their sum is rounded once: a GPU rounds a little more often,
// in an order that is not documented, so that no test may ask for its bits.
template <int depth>
void multiply(const float (&a)[16][depth], const float (&b)[depth][8], float (&sum)[16][8]) {
  for (int row = 0; row < 16; row++) {
    double sums[8];
    for (int column = 0; column < 8; column++) {
      sums[column] = sum[row][column];
    }
    for (int k = 0; k < depth; k++) {
      for (int column = 0; column < 8; column++) {
        sums[column] += static_cast<double>(a[row][k]) * b[k][column];
      }
    }
    for (int column = 0; column < 8; column++) {
      sum[row][column] = static_cast<float>(sums[column]);
    }
  }
}

// Calls set(slot, lane's group, lane's place in the group) for the fragments of each lane.
template <typename Set>
void forLanes(unsigned char (*slots)[slotSize], Set set) {
  for (int lane = 0; lane < 32; lane++) {
    Fragments fragments;
    std::memcpy(&fragments, slots[lane], sizeof fragments);
    set(fragments, lane / 4, lane % 4);
    std::memcpy(slots[lane], &fragments, sizeof fragments);
  }
}

// Gathers both factors and the accumulator by `collect`, multiplies, and gives each lane its part of the accumulator.
template <int depth, typename Collect>
void multiplyFragments(unsigned char (*slots)[slotSize], Collect collect) {
  float a[16][depth];
  float b[depth][8];
  float sum[16][8];
  forLanes(slots, [&](const Fragments& fragments, int group, int member) {
    collect(fragments, group, member, a, b);
    for (int element = 0; element < 4; element++) {
      sum[group + element / 2 * 8][2 * member + element % 2] = fragments.accumulator[element];
    }
  });
  multiply<depth>(a, b, sum);
  forLanes(slots, [&](Fragments& fragments, int group, int member) {
    for (int element = 0; element < 4; element++) {
      fragments.accumulator[element] = sum[group + element / 2 * 8][2 * member + element % 2];
    }
  });
}

void combineBfloat16(unsigned char (*slots)[slotSize]) {
  multiplyFragments<16>(slots, [](const Fragments& fragments, int group, int member, float (&a)[16][16], float (&b)[16][8]) {
    for (int half = 0; half < 2; half++) {
      const auto element = [half](unsigned pair) { return asFloat(half == 0 ? pair << 16 : pair & 0xffff0000u); };
      for (int part = 0; part < 4; part++) {
        a[group + part % 2 * 8][2 * member + part / 2 * 8 + half] = element(fragments.a[part]);
      }
      for (int part = 0; part < 2; part++) {
        b[2 * member + part * 8 + half][group] = element(fragments.b[part]);
      }
    }
  });
}

void combineTf32(unsigned char (*slots)[slotSize]) {
  multiplyFragments<8>(slots, [](const Fragments& fragments, int group, int member, float (&a)[16][8], float (&b)[8][8]) {
    // The low 13 bits are not looked at.
    for (int part = 0; part < 4; part++) {
      a[group + part % 2 * 8][member + part / 2 * 4] = asFloat(fragments.a[part] & 0xffffe000u);
    }
    for (int part = 0; part < 2; part++) {
      b[member + part * 4][group] = asFloat(fragments.b[part] & 0xffffe000u);
    }
  });
}

void product(const char* operation, Combine combine, float* accumulator, const unsigned* a, const unsigned* b, Site site) {
  Fragments fragments;
  std::memcpy(fragments.accumulator, accumulator, sizeof fragments.accumulator);
  std::memcpy(fragments.a, a, sizeof fragments.a);
  std::memcpy(fragments.b, b, sizeof fragments.b);
  collective(operation, combine, &fragments, sizeof fragments, site);
  std::memcpy(accumulator, fragments.accumulator, sizeof fragments.accumulator);
}

// Rows of 8 elements of 16 bits by address, to the registers of each lane.
template <int matrices, bool transposed>
void combineRows(unsigned char (*slots)[slotSize]) {
  std::uint16_t elements[matrices][8][8];
  for (int row = 0; row < matrices * 8; row++) {
    const void* address;
    std::memcpy(&address, slots[row], sizeof address);
    std::memcpy(elements[row / 8][row % 8], address, 16);
  }
  for (int lane = 0; lane < 32; lane++) {
    const int group = lane / 4;
    const int first = lane % 4 * 2;
    unsigned registers[matrices];
    for (int matrix = 0; matrix < matrices; matrix++) {
      const auto& from = elements[matrix];
      const std::uint16_t low = transposed ? from[first][group] : from[group][first];
      const std::uint16_t high = transposed ? from[first + 1][group] : from[group][first + 1];
      registers[matrix] = low | static_cast<unsigned>(high) << 16;
    }
    std::memcpy(slots[lane], registers, sizeof registers);
  }
}

}  // namespace

void collective(const char* operation, Combine combine, void* slot, std::size_t size, Site site) {
  Thread& self = currentThread();
  Block& block = *self.block;
  const int first = self.place.thread / 32 * 32;
  const int lanes = block.count - first < 32 ? block.count - first : 32;
  Warp& warp = block.warps[static_cast<std::size_t>(first / 32)];
  if (combine != nullptr && lanes < 32) {
    fail(Outcome::failed, std::string(operation) + " in a warp of " + std::to_string(lanes) + " threads", site);
  }
  if (warp.arrived == 0) {
    warp.operation = operation;
    warp.site = site;
  } else if (std::strcmp(warp.operation, operation) != 0 || warp.site.line != site.line || std::strcmp(warp.site.file, site.file) != 0) {
    fail(Outcome::failed, std::string("divergent warp: other lanes wait for ") + warp.operation + " at " + described(warp.site)
             + ", this one for " + operation, site);
  }
  unsigned char* const own = warp.slots[self.place.thread - first];
  if (size > 0) {
    std::memcpy(own, slot, size);
  }
  self.waitsFor = operation;
  self.site = site;
  warp.waiting[warp.arrived++] = &self;
  if (warp.arrived == lanes) {
    if (combine != nullptr) {
      combine(warp.slots);
    }
    warp.arrived = 0;
    for (int lane = 0; lane < lanes; lane++) {
      wake(*warp.waiting[lane]);
    }
  }
  suspend();
  if (size > 0) {
    std::memcpy(slot, own, size);
  }
}

unsigned ballot(bool condition, Site site) {
  unsigned slot = condition ? 1 : 0;
  collective(
      "warpBallot",
      [](unsigned char (*slots)[slotSize]) {
        unsigned ballots = 0;
        for (int lane = 0; lane < 32; lane++) {
          ballots |= static_cast<unsigned>(slots[lane][0]) << lane;
        }
        for (int lane = 0; lane < 32; lane++) {
          std::memcpy(slots[lane], &ballots, sizeof ballots);
        }
      },
      &slot, sizeof slot, site);
  return slot;
}

void mmaBfloat16(float* accumulator, const unsigned* a, const unsigned* b, Site site) {
  product("mmaBfloat16", combineBfloat16, accumulator, a, b, site);
}

void mmaTf32(float* accumulator, const unsigned* a, const unsigned* b, Site site) {
  product("mmaTf32", combineTf32, accumulator, a, b, site);
}

void loadMatrix(unsigned* registers, int matrices, bool transposed, const void* row, Site site) {
  if (reinterpret_cast<std::uintptr_t>(row) % 16 != 0 || !currentThread().block->shared.contains(row, 16)) {
    fail(Outcome::illegalAddress, "the row of a matrix load is not 16 aligned bytes of shared memory", site);
  }
  unsigned slot[4];
  std::memcpy(slot, &row, sizeof row);
  const Combine combine = matrices == 4 ? (transposed ? combineRows<4, true> : combineRows<4, false>)
                                        : (transposed ? combineRows<2, true> : combineRows<2, false>);
  collective(matrices == 4 ? "loadMatrix4" : "loadMatrix2", combine, slot, sizeof slot, site);
  std::memcpy(registers, slot, sizeof(unsigned) * static_cast<std::size_t>(matrices));
}

}  // namespace levin::emulation
