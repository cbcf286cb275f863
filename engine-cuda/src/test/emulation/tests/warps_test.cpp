// Exchange and products within a warp, and the conversion of numbers.
#include <cmath>

#include "check.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

unsigned bitsOf(float value) {
  unsigned bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

float ofBits(unsigned bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// Small fractions that bfloat16 holds exactly and that no symmetry would hide.
float value(int row, int column, int salt) { return static_cast<float>((row * 37 + column * 11 + salt * 5) % 61 - 17) / 16.0f; }

// sum + a * b, naively.
std::vector<float> naive(const std::vector<float>& a, const std::vector<float>& b, const std::vector<float>& sum, int depth) {
  std::vector<float> result(128);
  for (int row = 0; row < 16; row++) {
    for (int column = 0; column < 8; column++) {
      double total = sum[static_cast<std::size_t>(row * 8 + column)];
      for (int k = 0; k < depth; k++) {
        total += static_cast<double>(a[static_cast<std::size_t>(row * depth + k)]) * b[static_cast<std::size_t>(k * 8 + column)];
      }
      result[static_cast<std::size_t>(row * 8 + column)] = static_cast<float>(total);
    }
  }
  return result;
}

std::vector<float> matrix(int rows, int columns, int salt) {
  std::vector<float> elements;
  for (int row = 0; row < rows; row++) {
    for (int column = 0; column < columns; column++) {
      elements.push_back(value(row, column, salt));
    }
  }
  return elements;
}

std::vector<unsigned short> upperHalves(const std::vector<float>& values) {
  std::vector<unsigned short> halves;
  for (const float element : values) {
    halves.push_back(static_cast<unsigned short>(bitsOf(element) >> 16));
  }
  return halves;
}

}  // namespace

TEST(lanesExchangeValues) {
  const Session session(5);
  std::vector<int> values;
  for (int lane = 0; lane < 32; lane++) {
    values.push_back(lane * lane + 7);
  }
  int* const device = onDevice(values);
  int* const results = onDevice(std::vector<int>(192));
  CHECK_SUCCESS(session.run("exchange", 1, 32, 0, device, results));
  const std::vector<int> given = fromDevice(results, 192);
  unsigned ballots = 0;
  for (std::size_t lane = 0; lane < 32; lane++) {
    ballots |= values[lane] % 3 == 0 ? 1u << lane : 0u;
  }
  for (std::size_t lane = 0; lane < 32; lane++) {
    CHECK(given[lane] == (lane + 3 < 32 ? values[lane + 3] : values[lane]));
    CHECK(given[32 + lane] == (lane >= 5 ? values[lane - 5] : values[lane]));
    CHECK(given[64 + lane] == values[lane ^ 9]);
    CHECK(given[96 + lane] == values[lane * 7 % 32]);
    CHECK(given[128 + lane] == static_cast<int>(ballots));
    CHECK(given[160 + lane] == values[31]);
  }
}

TEST(shufflesThatDifferWithinAWarpAreFound) {
  const std::string printed = printedBy([] {
    const Session session;
    int* const values = onDevice(std::vector<int>(64));
    CHECK_RESULT(launchFailed, session.run("divergentShuffle", 1, 64, 0, values));
  });
  CHECK(printed.find("divergent warp: other lanes wait for shuffle") != std::string::npos);
}

TEST(aShuffleThatALaneMissesIsFound) {
  const std::string printed = printedBy([] {
    const Session session;
    int* const values = onDevice(std::vector<int>(64));
    CHECK_RESULT(launchFailed, session.run("leaveBeforeShuffle", 1, 64, 0, values, 45));
  });
  CHECK(printed.find("but thread 45 has left") != std::string::npos);
}

TEST(aShuffleInAWarpThatIsNotFullIsFound) {
  const Session session;
  int* const values = onDevice(std::vector<int>(64));
  CHECK_RESULT(launchFailed, session.run("leaveBeforeShuffle", 1, 40, 0, values, 64));
}

TEST(productsOfBfloat16AreThoseOfMatrices) {
  const std::vector<float> a = matrix(16, 16, 1);
  const std::vector<float> b = matrix(16, 8, 2);
  const std::vector<float> sum = matrix(16, 8, 3);
  for (const char* const kernel : {"productOfBfloat16", "productByElements"}) {
    const Session session(2);
    unsigned short* const left = onDevice(upperHalves(a));
    unsigned short* const right = onDevice(upperHalves(b));
    float* const result = onDevice(sum);
    CHECK_SUCCESS(session.run(kernel, 1, 32, 0, left, right, result));
    CHECK(fromDevice(result, 128) == naive(a, b, sum, 16));
  }
}

TEST(productsOfTf32AreThoseOfMatrices) {
  const std::vector<float> a = matrix(16, 8, 4);
  const std::vector<float> b = matrix(8, 8, 5);
  const std::vector<float> sum = matrix(16, 8, 6);
  const Session session(2);
  float* const left = onDevice(a);
  float* const right = onDevice(b);
  float* const result = onDevice(sum);
  CHECK_SUCCESS(session.run("productOfTf32", 1, 32, 0, left, right, result, 1));
  CHECK(fromDevice(result, 128) == naive(a, b, sum, 8));
}

TEST(productsOfTf32IgnoreTheLowBits) {
  std::vector<float> a = matrix(16, 8, 4);
  std::vector<float> cut = a;
  for (std::size_t index = 0; index < a.size(); index++) {
    a[index] = ofBits(bitsOf(a[index]) | 0x1fffu);
    cut[index] = ofBits(bitsOf(a[index]) & 0xffffe000u);
  }
  const std::vector<float> b = matrix(8, 8, 5);
  const std::vector<float> sum(128);
  const Session session;
  float* const left = onDevice(a);
  float* const right = onDevice(b);
  float* const result = onDevice(sum);
  CHECK_SUCCESS(session.run("productOfTf32", 1, 32, 0, left, right, result, 0));
  CHECK(fromDevice(result, 128) == naive(cut, b, sum, 8));
}

TEST(matricesAreLoadedAsTheyAreAndTransposed) {
  const Session session(9);
  std::vector<unsigned short> elements;
  for (int index = 0; index < 128; index++) {
    elements.push_back(static_cast<unsigned short>(index * 3 + 1));
  }
  unsigned short* const device = onDevice(elements);
  unsigned* const results = onDevice(std::vector<unsigned>(128));
  CHECK_SUCCESS(session.run("loadPairs", 1, 32, 256, device, results));
  const std::vector<unsigned> registers = fromDevice(results, 128);
  for (std::size_t lane = 0; lane < 32; lane++) {
    for (std::size_t part = 0; part < 2; part++) {
      const std::size_t group = lane / 4;
      const std::size_t member = lane % 4 * 2;
      const unsigned low = elements[(part * 8 + group) * 8 + member];
      const unsigned high = elements[(part * 8 + group) * 8 + member + 1];
      CHECK(registers[lane * 2 + part] == (low | high << 16));
      const unsigned lowTransposed = elements[(part * 8 + member) * 8 + group];
      const unsigned highTransposed = elements[(part * 8 + member + 1) * 8 + group];
      CHECK(registers[64 + lane * 2 + part] == (lowTransposed | highTransposed << 16));
    }
  }
}

TEST(numbersAreRoundedAsTheGpuRoundsThem) {
  struct Case {
    unsigned bits;
    unsigned bfloat16;
    unsigned tf32;
  };
  const std::vector<Case> cases = {
      {0x3f800000u, 0x3f80u, 0x3f800000u},  // 1
      {0x3f808000u, 0x3f80u, 0x3f808000u},  // a tie of bfloat16: to the even one, below
      {0x3f818000u, 0x3f82u, 0x3f818000u},  // a tie: to the even one, above
      {0x3f808001u, 0x3f81u, 0x3f808000u},  // just more than a tie
      {0x3f807fffu, 0x3f80u, 0x3f808000u},  // just less; TF32 rounds up
      {0xbf818000u, 0xbf82u, 0xbf818000u},  // negative
      {0x3f801000u, 0x3f80u, 0x3f802000u},  // a tie of TF32: away from zero
      {0xbf801000u, 0xbf80u, 0xbf802000u},
      {0x3f803000u, 0x3f80u, 0x3f804000u},
      {0x3f800fffu, 0x3f80u, 0x3f800000u},
      {0x7f7fffffu, 0x7f80u, 0x7f800000u},  // the greatest float rounds to infinity
      {0xff7fffffu, 0xff80u, 0xff800000u},
      {0x7f7f7fffu, 0x7f7fu, 0x7f7f8000u},
      {0x7f800000u, 0x7f80u, 0x7f800000u},  // infinities
      {0xff800000u, 0xff80u, 0xff800000u},
      {0x7fc00000u, 0x7fffu, 0x7fffffffu},  // NaN is canonical
      {0xffc12345u, 0x7fffu, 0x7fffffffu},
      {0x7f800001u, 0x7fffu, 0x7fffffffu},
      {0x00000000u, 0x0000u, 0x00000000u},
      {0x80000000u, 0x8000u, 0x80000000u},
      {0x00000001u, 0x0000u, 0x00000000u},  // subnormal numbers are not flushed, but rounded
      {0x00008000u, 0x0000u, 0x00008000u},
      {0x00018000u, 0x0002u, 0x00018000u},
      {0x007fffffu, 0x0080u, 0x00800000u},
      {0x80001000u, 0x8000u, 0x80002000u},
  };
  std::vector<unsigned> bits;
  for (const Case& each : cases) {
    bits.push_back(each.bits);
  }
  const std::size_t count = cases.size();
  const Session session;
  unsigned* const device = onDevice(bits);
  unsigned* const bfloat16 = onDevice(std::vector<unsigned>(count));
  unsigned* const tf32 = onDevice(std::vector<unsigned>(count));
  unsigned* const pairs = onDevice(std::vector<unsigned>(count));
  CHECK_SUCCESS(session.run("convert", 1, 32, 0, device, bfloat16, tf32, pairs, static_cast<int>(count)));
  for (std::size_t index = 0; index < count; index++) {
    CHECK(fromDevice(bfloat16, count)[index] == cases[index].bfloat16);
    CHECK(fromDevice(tf32, count)[index] == cases[index].tf32);
    CHECK(fromDevice(pairs, count)[index] == (cases[index].bfloat16 | cases[(index + 1) % count].bfloat16 << 16));
  }
}

TEST(productsAreExactBeforeTheyAreRounded) {
  const std::vector<unsigned> a = {0x3f800001u, 0xd2511f53u, 0x3f800003u};
  const std::vector<unsigned> b = {0x3f7ffffeu, 0xffffffffu, 0x3f7ffffau};
  const Session session;
  unsigned* const left = onDevice(a);
  unsigned* const right = onDevice(b);
  unsigned* const high = onDevice(std::vector<unsigned>(3));
  float* const fused = onDevice(std::vector<float>(3));
  CHECK_SUCCESS(session.run("arithmetic", 1, 32, 0, left, right, high, fused, 3));
  CHECK(fromDevice(high, 3)[1] == 0xd2511f52u);
  // (1 + 2^-23) (1 - 2^-23) - 1 = -2^-46, of which nothing were left if the product had been rounded.
  CHECK(fromDevice(fused, 3)[0] == -std::ldexp(1.0f, -46));
}
