// The products on tensor cores against sums of doubles, and that this finds what is wrong with those that are wrong on purpose.
#include <cmath>

#include "check.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

constexpr std::size_t margin = 36;  // floats around a matrix; a multiple of 4, so that what begins there is aligned

enum class Form { plain, leftTransposed, rightTransposed };

// What is added to a product: nothing, what is there, or the first row of the partials, to all rows.
enum class Addend { none, itself, row };

// A product [m,n] of this depth, cut into slices, of matrices that begin `shift` floats after a multiple of 16 bytes.
struct Shape {
  int m;
  int n;
  int depth;
  int slices;
  int shift;
  Addend addend;
};

const Shape shapes[] = {
    {1, 1, 1, 1, 0, Addend::none},      {3, 5, 7, 1, 0, Addend::itself},      {32, 64, 16, 1, 0, Addend::itself},  {33, 65, 36, 1, 0, Addend::none},
    {37, 83, 100, 1, 1, Addend::row},   {128, 128, 64, 1, 0, Addend::itself}, {129, 130, 33, 1, 2, Addend::none},  {140, 132, 68, 1, 0, Addend::row},
    {60, 83, 200, 3, 0, Addend::none},  {31, 36, 132, 2, 3, Addend::none},    {37, 83, 100, 1, 1, Addend::itself}, {9, 34, 40, 1, 2, Addend::row},
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

// The matrices of a product, with what lies around them.
struct Matrices {
  explicit Matrices(const Shape& shape)
      : a(matrix(static_cast<std::size_t>(shape.m * shape.depth), shape.shift, 1)),
        b(matrix(static_cast<std::size_t>(shape.depth * shape.n), shape.shift, 2)),
        c(matrix(static_cast<std::size_t>(shape.m * shape.n), shape.shift, 3)),
        partials(matrix(static_cast<std::size_t>(shape.m * shape.n * shape.slices), shape.shift, 4)) {}

  std::vector<float> a;
  std::vector<float> b;
  std::vector<float> c;
  std::vector<float> partials;
};

// A kernel for one kind of product, and the size of its tiles.
struct Kernel {
  Form form;
  std::string precision;
  bool small;
  std::string suffix;

  std::string name() const {
    const char* const name = form == Form::plain ? "product" : form == Form::leftTransposed ? "productLeftTransposed" : "productRightTransposed";
    return name + precision + (small ? "Small" : "") + suffix;
  }
  bool isTf32() const { return precision == "Tf32"; }
  int rows() const { return small ? 32 : 128; }
  int columns() const { return small ? 64 : 128; }
};

// What a kernel takes for a matrix [rows,columns] on the device: a copy, unless it is in TF32 and already made of pieces of 16 bytes.
struct Factor {
  Factor(const Session& session, const Kernel& kernel, const float* values, int rows, int columns) : address(values), line(columns) {
    const int piece = kernel.isTf32() ? 4 : 8;
    if (kernel.isTf32() && columns % piece == 0 && reinterpret_cast<std::uintptr_t>(values) % 16 == 0) {
      return;
    }
    line = (columns + piece - 1) / piece * piece;
    // Of NaN, in either precision.
    void* const copy = onDevice(std::vector<unsigned>(static_cast<std::size_t>(rows * line * 4 / piece), 0x7fff7fff));
    address = copy;
    const char* const name = kernel.isTf32() ? "copyFactorTf32" : kernel.suffix == "Unrounded" ? "cutOffBf16" : "copyFactorBf16";
    const unsigned blocks = static_cast<unsigned>(rows * line / piece + 255) / 256;
    CHECK_SUCCESS(session.run(name, blocks, 256, 0, copy, values, rows, columns, line));
  }

  const void* address;
  int line;
};

// What a kernel makes of c.
std::vector<float> multiplied(const Kernel& kernel, const Matrices& matrices, const Shape& shape) {
  const Session session(3);
  const auto begin = [&](const std::vector<float>& values) { return onDevice(values) + margin + shape.shift; };
  int m = shape.m;
  int n = shape.n;
  int depth = shape.depth;
  const bool leftAlong = kernel.form != Form::leftTransposed;
  const bool rightAlong = kernel.form == Form::rightTransposed;
  Factor a(session, kernel, begin(matrices.a), leftAlong ? m : depth, leftAlong ? depth : m);
  Factor b(session, kernel, begin(matrices.b), rightAlong ? n : depth, rightAlong ? depth : n);
  float* const sums = onDevice(matrices.c);
  float* const c = sums + margin + shape.shift;
  float* const partials = begin(matrices.partials);
  const bool sliced = shape.slices > 1;
  float* target = sliced ? partials : c;
  int slice = sliced ? (depth / shape.slices + 31) / 32 * 32 : depth;
  const float* addend = shape.addend == Addend::none ? nullptr : shape.addend == Addend::itself ? c : partials;
  int addendLine = shape.addend == Addend::itself ? n : 0;
  void* arguments[] = {&target, &addend, &a.address, &b.address, &m, &n, &depth, &slice, &a.line, &b.line, &addendLine};
  const unsigned tiles = static_cast<unsigned>((m + kernel.rows() - 1) / kernel.rows() * ((n + kernel.columns() - 1) / kernel.columns()));
  CHECK_SUCCESS(cuLaunchKernel(session.function(kernel.name().c_str()), tiles, static_cast<unsigned>(shape.slices), 1, 128, 1, 1, 0,
                               session.stream, arguments, nullptr));
  if (sliced) {
    CHECK_SUCCESS(session.run("addSlices", static_cast<unsigned>(m * n / 256 + 1), 256, 0, c, static_cast<const float*>(partials), m * n,
                              shape.slices));
  }
  CHECK_SUCCESS(cuStreamSynchronize(session.stream));
  return fromDevice(sums, matrices.c.size());
}

// How far a kernel's product is from sums of doubles, in the worst element: relative to the sum of the terms' sizes; infinite if anything
// is not a number, or if anything beside c was changed.
double worst(const Kernel& kernel, const Shape& shape) {
  const Form form = kernel.form;
  const Matrices matrices(shape);
  const std::vector<float> results = multiplied(kernel, matrices, shape);
  const std::size_t first = margin + static_cast<std::size_t>(shape.shift);
  for (std::size_t index = 0; index < results.size(); index++) {
    const bool inside = index >= first && index < results.size() - margin;
    if (!inside && bitsOf(results[index]) != bitsOf(matrices.c[index])) {
      return INFINITY;
    }
  }
  const auto factor = [&](const std::vector<float>& values, int line, int lines, int k, bool along) {
    return rounded(values[first + static_cast<std::size_t>(along ? line * shape.depth + k : k * lines + line)], kernel.isTf32());
  };
  double most = 0;
  for (int row = 0; row < shape.m; row++) {
    for (int column = 0; column < shape.n; column++) {
      const std::size_t index = first + static_cast<std::size_t>(row * shape.n + column);
      const float inRow = matrices.partials[first + static_cast<std::size_t>(column)];
      double sum = shape.addend == Addend::itself ? matrices.c[index] : shape.addend == Addend::row ? inRow : 0.0f;
      double scale = std::fabs(sum);
      for (int k = 0; k < shape.depth; k++) {
        const double term = factor(matrices.a, row, shape.m, k, form != Form::leftTransposed)
            * factor(matrices.b, column, shape.n, k, form == Form::rightTransposed);
        sum += term;
        scale += std::fabs(term);
      }
      const double difference = std::fabs(results[index] - sum) / scale;
      most = difference >= most ? difference : std::isnan(difference) ? INFINITY : most;
    }
  }
  return most;
}

const Form forms[] = {Form::plain, Form::leftTransposed, Form::rightTransposed};

// Floats that are rounded after every product within the tensor core, some dozens of times at most.
constexpr double tolerance = 1e-6;

// Whether one kind of product is close in all shapes.
bool isClose(const Kernel& kernel) {
  for (const Shape& shape : shapes) {
    if (!(worst(kernel, shape) < tolerance)) {
      return false;
    }
  }
  return true;
}

// How many of the kinds of products, in both precisions, are close.
int closeProducts(const char* suffix) {
  int close = 0;
  for (const Form form : forms) {
    for (const char* const precision : {"Tf32", "Bf16"}) {
      for (const bool small : {false, true}) {
        close += isClose({form, precision, small, suffix}) ? 1 : 0;
      }
    }
  }
  return close;
}

}  // namespace

TEST(productsOnTensorCoresAreThoseOfRoundedFactors) { CHECK(closeProducts("") == 12); }

TEST(productsWithoutABarrierAreFound) { CHECK(closeProducts("WithoutBarrier") == 0); }

TEST(productsOfFactorsThatAreCutOffAreFound) { CHECK(closeProducts("Unrounded") == 0); }

TEST(productsWhoseLanesAreExchangedAreFound) { CHECK(closeProducts("OtherLane") == 0); }

TEST(productsOfMoreThanTheMatricesAreFound) { CHECK(closeProducts("Unpadded") == 0); }

TEST(productsThatDoNotWaitForTheirCopiesAreFound) { CHECK(closeProducts("TooEarly") == 0); }

TEST(tilesOfEitherSizeGiveTheSameBits) {
  const Shape shape{70, 90, 75, 1, 1, Addend::itself};
  const Matrices matrices(shape);
  for (const Form form : forms) {
    for (const char* const precision : {"Tf32", "Bf16"}) {
      const std::vector<float> large = multiplied({form, precision, false, ""}, matrices, shape);
      const std::vector<float> small = multiplied({form, precision, true, ""}, matrices, shape);
      CHECK(std::memcmp(large.data(), small.data(), large.size() * sizeof(float)) == 0);
    }
  }
}
