// The products on tensor cores against sums of doubles, and that this finds what is wrong with those that are wrong on purpose.
#include <cmath>

#include "check.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

constexpr std::size_t margin = 36;  // floats around a matrix; a multiple of 4, so that what begins there is aligned

enum class Form { plain, leftTransposed, rightTransposed };

// A product [m,n] of this depth, cut into slices, of matrices that begin `shift` floats after a multiple of 16 bytes.
struct Shape {
  int m;
  int n;
  int depth;
  int slices;
  int shift;
  bool accumulate;
};

const Shape shapes[] = {
    {1, 1, 1, 1, 0, false}, {3, 5, 7, 1, 0, true}, {32, 64, 16, 1, 0, true}, {33, 65, 36, 1, 0, false}, {37, 83, 100, 1, 1, true},
    {128, 128, 64, 1, 0, true}, {129, 130, 33, 1, 2, false}, {140, 132, 68, 1, 0, true}, {60, 83, 200, 3, 0, false}, {31, 36, 132, 2, 3, false},
};

float ofBits(unsigned bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

unsigned bitsOf(float value) {
  unsigned bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

// To as many bits of fraction, ties away from zero for TF32, to even for bfloat16.
double rounded(float value, bool tf32) {
  const unsigned bits = bitsOf(value);
  return ofBits(tf32 ? (bits + 0x1000u) & 0xffffe000u : (bits + 0x7fffu + ((bits >> 16) & 1u)) & 0xffff0000u);
}

// Values between -1 and 1 that no rounding leaves alone, with NaN around.
std::vector<float> matrix(std::size_t size, int shift, unsigned seed) {
  std::vector<float> values(margin + static_cast<std::size_t>(shift) + size + margin, NAN);
  unsigned state = seed * 2654435761u + 1;
  for (std::size_t index = 0; index < size; index++) {
    state = state * 1664525u + 1013904223u;
    values[margin + static_cast<std::size_t>(shift) + index] = static_cast<float>(static_cast<int>(state)) / 2147483648.0f;
  }
  return values;
}

// How far the kernel's product is from sums of doubles, in the worst element: relative to the sum of the terms' sizes; infinite if anything
// is not a number, or if anything beside c was changed.
double worst(const std::string& kernel, Form form, const Shape& shape, int rows, int columns) {
  const Session session(3);
  const bool tf32 = kernel.find("Tf32") != std::string::npos;
  const auto at = [&](int line, int lines, int k, bool along) {
    return margin + static_cast<std::size_t>(shape.shift)
        + (along ? static_cast<std::size_t>(line) * static_cast<std::size_t>(shape.depth) + static_cast<std::size_t>(k)
                 : static_cast<std::size_t>(k) * static_cast<std::size_t>(lines) + static_cast<std::size_t>(line));
  };
  const std::size_t size = static_cast<std::size_t>(shape.m * shape.n);
  const std::vector<float> a = matrix(static_cast<std::size_t>(shape.m * shape.depth), shape.shift, 1);
  const std::vector<float> b = matrix(static_cast<std::size_t>(shape.depth * shape.n), shape.shift, 2);
  const std::vector<float> c = matrix(size, shape.shift, 3);
  const std::vector<float> partials = matrix(size * static_cast<std::size_t>(shape.slices), shape.shift, 4);
  const auto begin = [&](float* pointer) { return pointer + margin + shape.shift; };
  float* const left = onDevice(a);
  float* const right = onDevice(b);
  float* const sums = onDevice(c);
  float* const parts = onDevice(partials);
  const bool sliced = shape.slices > 1;
  const int slice = sliced ? (shape.depth / shape.slices + 31) / 32 * 32 : shape.depth;
  float* target = begin(sliced ? parts : sums);
  const float* leftBegin = begin(left);
  const float* rightBegin = begin(right);
  int m = shape.m;
  int n = shape.n;
  int depth = shape.depth;
  int sliceArgument = slice;
  int accumulate = shape.accumulate && !sliced ? 1 : 0;
  void* arguments[] = {&target, &leftBegin, &rightBegin, &m, &n, &depth, &sliceArgument, &accumulate};
  const unsigned tiles = static_cast<unsigned>((m + rows - 1) / rows * ((n + columns - 1) / columns));
  CHECK_SUCCESS(cuLaunchKernel(session.function(kernel.c_str()), tiles, static_cast<unsigned>(shape.slices), 1, 256, 1, 1, 0, session.stream,
                               arguments, nullptr));
  if (sliced) {
    float* const begun = begin(sums);
    const float* const partsBegin = begin(parts);
    CHECK_SUCCESS(session.run("addSlices", static_cast<unsigned>(size / 256 + 1), 256, 0, begun, partsBegin, m * n, shape.slices,
                              shape.accumulate ? 1 : 0));
  }
  CHECK_SUCCESS(cuStreamSynchronize(session.stream));
  const std::vector<float> results = fromDevice(sums, c.size());
  double most = 0;
  for (std::size_t index = 0; index < c.size(); index++) {
    const bool inside = index >= margin + static_cast<std::size_t>(shape.shift) && index < c.size() - margin;
    if (!inside && bitsOf(results[index]) != bitsOf(c[index])) {
      return INFINITY;
    }
  }
  for (int row = 0; row < m; row++) {
    for (int column = 0; column < n; column++) {
      const std::size_t index = margin + static_cast<std::size_t>(shape.shift + row * n + column);
      double sum = shape.accumulate ? c[index] : 0;
      double scale = std::fabs(sum);
      for (int k = 0; k < depth; k++) {
        const double term = rounded(a[at(row, m, k, form != Form::leftTransposed)], tf32)
            * rounded(b[at(column, n, k, form == Form::rightTransposed)], tf32);
        sum += term;
        scale += std::fabs(term);
      }
      const double difference = std::fabs(results[index] - sum) / scale;
      most = difference >= most ? difference : std::isnan(difference) ? INFINITY : most;
    }
  }
  return most;
}

struct Named {
  const char* name;
  Form form;
};

const Named forms[] = {{"product", Form::plain}, {"productLeftTransposed", Form::leftTransposed}, {"productRightTransposed", Form::rightTransposed}};

// The worst of all shapes, for one kind of product.
double worstOfAll(const Named& form, const char* precision, bool small, const char* suffix) {
  double most = 0;
  for (const Shape& shape : shapes) {
    const std::string name = std::string(form.name) + precision + (small ? "Small" : "") + suffix;
    const double difference = worst(name, form.form, shape, small ? 32 : 128, small ? 64 : 128);
    most = difference > most ? difference : most;
  }
  return most;
}

// Floats that are rounded after every product within the tensor core, some dozens of times at most.
constexpr double tolerance = 1e-6;

bool everyProductIsClose(const char* suffix) {
  for (const Named& form : forms) {
    for (const char* const precision : {"Tf32", "Bf16"}) {
      for (const bool small : {false, true}) {
        if (!(worstOfAll(form, precision, small, suffix) < tolerance)) {
          return false;
        }
      }
    }
  }
  return true;
}

bool anyProductIsClose(const char* suffix) {
  for (const Named& form : forms) {
    for (const char* const precision : {"Tf32", "Bf16"}) {
      for (const bool small : {false, true}) {
        if (worstOfAll(form, precision, small, suffix) < tolerance) {
          return true;
        }
      }
    }
  }
  return false;
}

}  // namespace

TEST(productsOnTensorCoresAreThoseOfRoundedFactors) { CHECK(everyProductIsClose("")); }

TEST(productsWithoutABarrierAreFound) { CHECK(!anyProductIsClose("WithoutBarrier")); }

TEST(productsOfFactorsThatAreCutOffAreFound) { CHECK(!anyProductIsClose("Unrounded")); }

TEST(productsWhoseLanesAreExchangedAreFound) { CHECK(!anyProductIsClose("OtherLane")); }
