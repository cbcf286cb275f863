// That what a warp of the products reads or writes in shared memory at once lies in different banks, which the emulation itself cannot tell.
#include <set>

#include "check.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

// The layout of a part of `lines` lines.
struct Layout {
  std::vector<int> offsets;
  int depth;
  int elementBytes;

  int address(int line, int k) const { return offsets[static_cast<std::size_t>(line * depth + k)] * elementBytes; }
};

// Whether accesses of as many bytes, by threads that are served together, take all of the 32 banks of 4 bytes once.
bool areInDifferentBanks(const std::vector<int>& addresses, int bytes) {
  std::set<int> banks;
  for (const int address : addresses) {
    for (int at = address; at < address + bytes; at += 4) {
      banks.insert(at / 4 % 32);
    }
  }
  return banks.size() == 32 && addresses.size() * static_cast<std::size_t>(bytes) == 128;
}

// Threads one after the other copy pieces of so many elements, which run along k or across.
void checkCopies(const Layout& layout, int lines, bool along, int elements) {
  const int bytes = elements * layout.elementBytes;
  const int inner = (along ? layout.depth : lines) / elements;
  for (int first = 0; first < lines * layout.depth / elements; first += 128 / bytes) {
    std::vector<int> addresses;
    for (int index = first; index < first + 128 / bytes; index++) {
      const int piece = index % inner * elements;
      addresses.push_back(along ? layout.address(index / inner, piece) : layout.address(piece, index / inner));
    }
    CHECK(areInDifferentBanks(addresses, bytes));
  }
}

// Rows of 16 bytes of a matrix load: eight lines, or eight k if transposed.
void checkLoads(const Layout& layout, int lines, bool along) {
  const int elements = 16 / layout.elementBytes;
  for (int line = 0; line < lines; line += along ? 8 : elements) {
    for (int k = 0; k < layout.depth; k += along ? elements : 8) {
      std::vector<int> addresses;
      for (int row = 0; row < 8; row++) {
        addresses.push_back(along ? layout.address(line + row, k) : layout.address(line, k + row));
      }
      CHECK(areInDifferentBanks(addresses, 16));
    }
  }
}

// Single elements of TF32: eight lines at four k.
void checkSingles(const Layout& layout, int lines) {
  for (int line = 0; line < lines; line += 8) {
    for (int k = 0; k < layout.depth; k += 4) {
      std::vector<int> addresses;
      for (int lane = 0; lane < 32; lane++) {
        addresses.push_back(layout.address(line + lane / 4, k + lane % 4));
      }
      CHECK(areInDifferentBanks(addresses, 4));
    }
  }
}

}  // namespace

TEST(productsHaveNoBankConflicts) {
  const Session session;
  for (const int lines : {32, 64, 128}) {
    const std::size_t tf32 = static_cast<std::size_t>(lines) * 16;
    const std::size_t bf16 = static_cast<std::size_t>(lines) * 32;
    int* const tf32Along = onDevice(std::vector<int>(tf32));
    int* const tf32Across = onDevice(std::vector<int>(tf32));
    int* const bf16Along = onDevice(std::vector<int>(bf16));
    int* const bf16Across = onDevice(std::vector<int>(bf16));
    CHECK_SUCCESS(session.run("offsetsOfProducts", 1, 32, 0, lines, tf32Along, tf32Across, bf16Along, bf16Across));
    const Layout floatsAlong{fromDevice(tf32Along, tf32), 16, 4};
    const Layout floatsAcross{fromDevice(tf32Across, tf32), 16, 4};
    const Layout halvesAlong{fromDevice(bf16Along, bf16), 32, 2};
    const Layout halvesAcross{fromDevice(bf16Across, bf16), 32, 2};
    for (const bool along : {true, false}) {
      checkCopies(along ? floatsAlong : floatsAcross, lines, along, 4);
      checkCopies(along ? halvesAlong : halvesAcross, lines, along, 8);
      checkLoads(along ? halvesAlong : halvesAcross, lines, along);
    }
    checkLoads(floatsAlong, lines, true);
    checkSingles(floatsAcross, lines);
  }
}
