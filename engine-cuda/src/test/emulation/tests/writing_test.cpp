// One step of a few rows beside plain loops that add in the order that the kernels promise: the bits must be the same, whatever the number of
// rows, and in whatever order blocks and threads come.
#include "cell.h"
#include "check.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

struct Shape {
  int rows;
  int units;
  int symbols;
};

struct RowIds {
  int of[64];
};

std::vector<float> numbers(std::size_t count, float scale, unsigned state) {
  std::vector<float> values(count);
  for (float& value : values) {
    state = state * 1664525u + 1013904223u;
    value = scale * (static_cast<float>(state >> 8) / 8388608.0f - 1.0f);
  }
  return values;
}

float rounded(bool bf16, float value) { return bf16 ? fromBfloat16(toBfloat16(value)) : bitsFloat(toTf32(value)); }

// The terms of a sum, of one product or two, as `threads` threads share them: each a chain over its pieces, then the lanes of each warp in
// pairs, then the warps, of which there are one or four.
float sumOf(bool bf16, int threads, const std::vector<const float*>& lines, const std::vector<const float*>& values, int depth) {
  std::vector<float> sums(threads, 0.0f);
  for (int first = 0; first < depth; first += 4) {
    float& sum = sums[first / 4 % threads];
    for (std::size_t product = 0; product < lines.size(); product++) {
      for (int k = first; k < first + 4 && k < depth; k++) {
        sum = fusedMultiplyAdd(rounded(bf16, values[product][k]), rounded(bf16, lines[product][k]), sum);
      }
    }
  }
  for (int distance = 16; distance > 0; distance /= 2) {
    for (int warp = 0; warp < threads; warp += 32) {
      for (int lane = 0; lane < distance; lane++) {
        sums[warp + lane] += sums[warp + lane + distance];
      }
    }
  }
  return threads == 32 ? sums[0] : (sums[0] + sums[32]) + (sums[64] + sums[96]);
}

// A layer's parameters and state.
struct Layer {
  explicit Layer(const Shape& shape)
      : shape(shape), weight(numbers(4 * shape.units * shape.units, 0.2f, 1)), inputWeight(numbers(weight.size(), 0.2f, 2)),
        inputBias(numbers(4 * shape.units, 0.5f, 3)), recurrentBias(numbers(4 * shape.units, 0.5f, 4)),
        table(numbers(4 * shape.units * shape.symbols, 0.5f, 5)), below(numbers(shape.rows * shape.units, 1.0f, 6)),
        before(numbers(below.size(), 1.0f, 7)), cell(numbers(below.size(), 1.0f, 8)), hidden(below.size()) {
    for (int row = 0; row < 64; row++) {
      ids.of[row] = row < shape.rows ? (row * 5 + 2) % shape.symbols : -1000000;
    }
  }

  void step(bool bf16, bool first) {
    const int units = shape.units;
    for (int row = 0; row < shape.rows; row++) {
      for (int unit = 0; unit < units; unit++) {
        float gates[4];
        for (int gate = 0; gate < 4; gate++) {
          const int line = gate * units + unit;
          const float* const recurrent = &weight[line * units];
          const float* const own = &before[row * units];
          gates[gate] = first ? table[ids.of[row] * 4 * units + line] + sumOf(bf16, 128, {recurrent}, {own}, units)
                              : inputBias[line] + recurrentBias[line]
                  + sumOf(bf16, 128, {&inputWeight[line * units], recurrent}, {&below[row * units], own}, units);
        }
        CellGates values = {gates[0], gates[1], gates[2], gates[3]};
        hidden[row * units + unit] = cellForwards(values, cell[row * units + unit]);
      }
    }
  }

  Shape shape;
  std::vector<float> weight;
  std::vector<float> inputWeight;
  std::vector<float> inputBias;
  std::vector<float> recurrentBias;
  std::vector<float> table;
  std::vector<float> below;
  std::vector<float> before;
  std::vector<float> cell;
  std::vector<float> hidden;
  RowIds ids;
};

template <typename... Arguments>
void launch(const Session& session, const std::string& name, int blocks, int rows, int threads, Arguments... arguments) {
  void* pointers[] = {&arguments..., nullptr};
  CHECK_SUCCESS(cuLaunchKernel(session.function(name.c_str()), blocks, (rows + 7) / 8, 1, threads, 1, 1, 0, session.stream, pointers, nullptr));
  CHECK_SUCCESS(cuStreamSynchronize(session.stream));
}

// Runs a step on the device; in place, where the next hidden state takes the place of the one that blocks still read.
void stepOnDevice(Layer& layer, bool bf16, bool first, int seed, bool inPlace) {
  const Session session(seed);
  const int rows = layer.shape.rows;
  const int units = layer.shape.units;
  const std::string precision = bf16 ? "Bf16" : "Tf32";
  float* const before = onDevice(layer.before);
  float* const hidden = inPlace ? before : onDevice(layer.hidden);
  float* const cell = onDevice(layer.cell);
  float* const weight = onDevice(layer.weight);
  if (first) {
    launch(session, "writeFirstLayer" + precision, units, rows, 128, hidden, cell, before, weight, onDevice(layer.table), layer.ids, rows, units);
  } else {
    launch(session, "writeLayer" + precision, units, rows, 128, hidden, cell, before, weight, onDevice(layer.below), onDevice(layer.inputWeight),
           onDevice(layer.inputBias), onDevice(layer.recurrentBias), rows, units);
  }
  layer.hidden = fromDevice(hidden, layer.hidden.size());
  layer.cell = fromDevice(cell, layer.cell.size());
}

bool isRight(const Shape& shape, bool bf16, bool first, int seed, bool inPlace) {
  Layer expected(shape);
  Layer actual(shape);
  expected.step(bf16, first);
  stepOnDevice(actual, bf16, first, seed, inPlace);
  return expected.hidden == actual.hidden && expected.cell == actual.cell;
}

}  // namespace

TEST(aStepOfALayerAddsInItsOrder) {
  for (const Shape& shape : {Shape{1, 1, 1}, Shape{1, 7, 3}, Shape{3, 33, 5}, Shape{8, 12, 4}, Shape{9, 20, 7}, Shape{17, 6, 9}, Shape{64, 3, 2},
                             Shape{1, 132, 2}, Shape{2, 516, 2}, Shape{1, 517, 2}}) {
    for (const bool bf16 : {false, true}) {
      CHECK(isRight(shape, bf16, true, 1, false));
      CHECK(isRight(shape, bf16, false, 2, false));
    }
  }
}

TEST(aStepOfALayerRepeatsInAnyOrder) {
  for (int seed = 1; seed <= 20; seed++) {
    CHECK(isRight({5, 37, 3}, false, true, seed, false));
    CHECK(isRight({5, 37, 3}, true, false, seed, false));
  }
}

TEST(aStepThatOverwritesWhatBlocksStillReadShows) {
  int right = 0;
  for (int seed = 1; seed <= 20; seed++) {
    right += isRight({5, 37, 3}, false, true, seed, true) ? 1 : 0;
    right += isRight({5, 37, 3}, false, false, seed, true) ? 1 : 0;
  }
  CHECK(right < 5);
}

// Written to the host's memory by the kernel itself, at the address that both have.
TEST(logitsAreAddedInTheirOrderAndArriveAtTheHost) {
  for (const Shape& shape : {Shape{1, 1, 1}, Shape{1, 37, 83}, Shape{7, 130, 8}, Shape{9, 64, 9}, Shape{20, 3, 17}}) {
    for (const bool bf16 : {false, true}) {
      const Session session(3);
      const std::vector<float> hidden = numbers(shape.rows * shape.units, 1.0f, 1);
      const std::vector<float> weight = numbers(shape.symbols * shape.units, 0.3f, 2);
      const std::vector<float> bias = numbers(shape.symbols, 0.5f, 3);
      void* host = nullptr;
      CHECK_SUCCESS(cuMemAllocHost_v2(&host, shape.rows * shape.symbols * sizeof(float)));
      float* const logits = static_cast<float*>(host);
      launch(session, bf16 ? "writeLogitsBf16" : "writeLogitsTf32", (shape.symbols + 7) / 8, shape.rows, 256, logits, onDevice(hidden),
             onDevice(weight), onDevice(bias), shape.rows, shape.symbols, shape.units);
      for (int row = 0; row < shape.rows; row++) {
        for (int symbol = 0; symbol < shape.symbols; symbol++) {
          const float sum = sumOf(bf16, 32, {&weight[symbol * shape.units]}, {&hidden[row * shape.units]}, shape.units);
          CHECK(logits[row * shape.symbols + symbol] == bias[symbol] + sum);
        }
      }
      CHECK_SUCCESS(cuMemFreeHost(host));
    }
  }
}
