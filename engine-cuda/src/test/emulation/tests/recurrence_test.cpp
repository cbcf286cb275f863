// The recurrence of a layer in one launch, beside plain loops that add in the same order: the bits must be the same, however the work is
// divided and in whatever order blocks and threads come.
#include "cell.h"
#include "check.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

struct Shape {
  int rows;
  int units;
  int steps;
  int groupRows;
  int blockUnits;
};

// One layer's memory, [steps][rows][...].
struct Layer {
  std::vector<float> gates;
  std::vector<float> weight;
  std::vector<float> cell;
  std::vector<float> hidden;
  std::vector<float> dAbove;
};

float nextValue(unsigned& state) {
  state = state * 1664525u + 1013904223u;
  return static_cast<float>(state >> 8) / 8388608.0f - 1.0f;
}

Layer layerOf(const Shape& shape) {
  const int size = shape.rows * shape.units;
  Layer layer{std::vector<float>(4 * size * shape.steps), std::vector<float>(4 * shape.units * shape.units),
              std::vector<float>(size * (shape.steps + 1)), std::vector<float>(size * (shape.steps + 1)), std::vector<float>(size * shape.steps)};
  unsigned state = 7;
  for (std::vector<float>* const values : {&layer.gates, &layer.weight, &layer.dAbove}) {
    for (float& value : *values) {
      value = nextValue(state);
    }
  }
  for (int i = 0; i < size; i++) {
    layer.cell[i] = nextValue(state);
    layer.hidden[i] = nextValue(state);
  }
  return layer;
}

void expectForward(const Shape& shape, Layer& layer) {
  const int units = shape.units;
  for (int line = 0; line < shape.steps * shape.rows; line++) {
    for (int unit = 0; unit < units; unit++) {
      float sums[4];
      for (int gate = 0; gate < 4; gate++) {
        sums[gate] = layer.gates[(line * 4 + gate) * units + unit];
        for (int k = 0; k < units; k++) {
          sums[gate] = fusedMultiplyAdd(layer.hidden[line * units + k], layer.weight[(gate * units + unit) * units + k], sums[gate]);
        }
      }
      CellGates values = {sums[0], sums[1], sums[2], sums[3]};
      float cell = layer.cell[line * units + unit];
      layer.hidden[(line + shape.rows) * units + unit] = cellForwards(values, cell);
      layer.cell[(line + shape.rows) * units + unit] = cell;
      storeGates(&layer.gates[line * 4 * units + unit], units, values);
    }
  }
}

void expectBackward(const Shape& shape, Layer& layer) {
  const int units = shape.units;
  std::vector<float> dHidden(shape.rows * units);
  std::vector<float> dCell(shape.rows * units);
  for (int step = shape.steps - 1; step >= 0; step--) {
    for (int row = 0; row < shape.rows; row++) {
      const int line = step * shape.rows + row;
      for (int unit = 0; unit < units; unit++) {
        float* const own = &layer.gates[line * 4 * units + unit];
        CellGates values = loadGates(own, units);
        cellBackwards(values, layer.cell[line * units + unit], layer.cell[(line + shape.rows) * units + unit],
                      layer.dAbove[line * units + unit] + dHidden[row * units + unit], dCell[row * units + unit]);
        storeGates(own, units, values);
      }
      for (int unit = 0; unit < units; unit++) {
        float sum = 0.0f;
        for (int k = 0; k < 4 * units; k++) {
          sum = fusedMultiplyAdd(layer.gates[line * 4 * units + k], layer.weight[k * units + unit], sum);
        }
        dHidden[row * units + unit] = sum;
      }
    }
  }
}

int upTo(int value, int multiple) { return (value + multiple - 1) / multiple * multiple; }

int line(int length) { return upTo(length, 4) + 4; }

struct Launcher {
  const Session& session;
  const Shape& shape;
  // Where the groups' counters start.
  unsigned start;

  template <typename... Arguments>
  int run(const char* name, int sharedFloats, Arguments... arguments) const {
    const int blocks = (shape.units + shape.blockUnits - 1) / shape.blockUnits;
    const int groups = (shape.rows + shape.groupRows - 1) / shape.groupRows;
    unsigned* counters = onDevice(std::vector<unsigned>(32 * groups, start));
    int rows = shape.rows, units = shape.units, steps = shape.steps, groupRows = shape.groupRows, blockUnits = shape.blockUnits;
    void* pointers[] = {&arguments..., &counters, &rows, &units, &steps, &groupRows, &blockUnits, nullptr};
    void* const function = session.function(name);
    CHECK_SUCCESS(cuFuncSetAttribute(function, 8, 4 * sharedFloats));
    const int launched =
        cuLaunchCooperativeKernel(function, blocks, groups, 1, 256, 1, 1, 4 * sharedFloats, session.stream, pointers);
    return launched != success ? launched : cuStreamSynchronize(session.stream);
  }
};

bool runsForward(const Shape& shape, int seed, unsigned start, const Layer& before, const Layer& expected) {
  const Session session(seed);
  float* gates = onDevice(before.gates);
  float* cell = onDevice(before.cell);
  float* hidden = onDevice(before.hidden);
  const float* weight = onDevice(before.weight);
  const int floats = (4 * shape.blockUnits + upTo(shape.groupRows, 4)) * line(shape.units);
  CHECK_SUCCESS(Launcher{session, shape, start}.run("recurrentForward", floats, gates, weight, cell, hidden));
  return fromDevice(gates, static_cast<int>(before.gates.size())) == expected.gates
         && fromDevice(cell, static_cast<int>(before.cell.size())) == expected.cell
         && fromDevice(hidden, static_cast<int>(before.hidden.size())) == expected.hidden;
}

bool runsBackward(const Shape& shape, int seed, unsigned start, const Layer& before, const Layer& expected) {
  const Session session(seed);
  float* gates = onDevice(before.gates);
  const float* weight = onDevice(before.weight);
  const float* cell = onDevice(before.cell);
  const float* dAbove = onDevice(before.dAbove);
  const int floats = upTo(shape.blockUnits, 2) * line(4 * shape.units) + 2 * upTo(shape.groupRows, 2) * (64 + 4);
  CHECK_SUCCESS(Launcher{session, shape, start}.run("recurrentBackward", floats, gates, weight, cell, dAbove));
  return fromDevice(gates, static_cast<int>(before.gates.size())) == expected.gates;
}

// Sizes that are no multiples of anything, one block and many, one step.
const Shape shapes[] = {{1, 1, 1, 1, 1},  {5, 7, 3, 2, 3},   {9, 37, 4, 5, 8},  {13, 12, 5, 4, 5},
                        {3, 66, 2, 1, 9}, {2, 33, 6, 2, 33}, {17, 20, 1, 6, 7}, {70, 2, 3, 35, 1}};

}  // namespace

TEST(theRecurrenceInOneLaunchGivesTheBitsOfItsStepsForward) {
  for (const Shape& shape : shapes) {
    const Layer before = layerOf(shape);
    Layer expected = before;
    expectForward(shape, expected);
    for (int seed = 1; seed <= 5; seed++) {
      CHECK(runsForward(shape, seed, 0, before, expected));
    }
  }
}

TEST(theRecurrenceInOneLaunchGivesTheBitsOfItsStepsBackward) {
  for (const Shape& shape : shapes) {
    Layer before = layerOf(shape);
    expectForward(shape, before);
    Layer expected = before;
    expectBackward(shape, expected);
    for (int seed = 1; seed <= 5; seed++) {
      CHECK(runsBackward(shape, seed, 0, before, expected));
    }
  }
}

TEST(theRecurrenceRepeatsInAnyOrder) {
  const Shape shape = {7, 10, 6, 3, 2};
  const Layer before = layerOf(shape);
  Layer between = before;
  expectForward(shape, between);
  Layer after = between;
  expectBackward(shape, after);
  for (int seed = 1; seed <= 40; seed++) {
    CHECK(runsForward(shape, seed, 0, before, between));
    CHECK(runsBackward(shape, seed, 0, between, after));
  }
}

// Counters that are far ahead let everyone pass: the barrier of the group is as good as missing.
TEST(aRecurrenceThatDoesNotWaitForItsGroupShows) {
  const Shape shape = {7, 10, 6, 3, 2};
  const Layer before = layerOf(shape);
  Layer between = before;
  expectForward(shape, between);
  Layer after = between;
  expectBackward(shape, after);
  int right = 0;
  for (int seed = 1; seed <= 20; seed++) {
    right += runsForward(shape, seed, 1u << 20, before, between) ? 1 : 0;
    right += runsBackward(shape, seed, 1u << 20, between, after) ? 1 : 0;
  }
  CHECK(right < 5);
}
