// The elementary functions of the kernels, whose quotients are chains of fused multiply-adds, beside the same with a division.
#include "check.h"
#include "elementary.h"

using namespace levin::emulation;

namespace {

float sigmoidByDivision(float x) { return 1.0f / (exponentialMinus(-x, 1.0f, 88.0f) + 2.0f); }

float tangentByDivision(float x) {
  const float t = exponentialMinus(x + x, 1.0f, 88.0f);
  return t / (t + 2.0f);
}

}  // namespace

// Of all floats every 251st, subnormal and infinite ones among them.
TEST(quotientsAreThoseOfDivisions) {
  for (unsigned long long bits = 0; bits < 1ull << 32; bits += 251) {
    const float x = bitsFloat(static_cast<unsigned>(bits));
    if (std::isnan(x)) {
      CHECK(std::isnan(sigmoid(x)) && std::isnan(hyperbolicTangent(x)));
    } else {
      CHECK(floatBits(sigmoid(x)) == floatBits(sigmoidByDivision(x)));
      CHECK(floatBits(hyperbolicTangent(x)) == floatBits(tangentByDivision(x)));
    }
  }
}

// Where the sigmoid is less than any normal number, and where the hyperbolic tangent becomes one.
TEST(quotientsAreThoseOfDivisionsWhereTheyAreHardest) {
  for (float x = -89.0f; x < -87.0f; x = std::nextafter(x, 0.0f)) {
    CHECK(floatBits(sigmoid(x)) == floatBits(sigmoidByDivision(x)));
  }
  for (float x = 8.0f; x < 9.5f; x = std::nextafter(x, 10.0f)) {
    CHECK(floatBits(hyperbolicTangent(x)) == floatBits(tangentByDivision(x)));
    CHECK(floatBits(hyperbolicTangent(-x)) == floatBits(tangentByDivision(-x)));
  }
}
