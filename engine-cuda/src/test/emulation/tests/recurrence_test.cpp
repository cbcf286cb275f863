// The recurrence of a layer in one launch, beside plain loops that add in the same order: the bits must be the same, however the work is
// divided and in whatever order blocks and threads come.
#include "check.h"
#include "recurrence_layer.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

int upTo(int value, int multiple) { return (value + multiple - 1) / multiple * multiple; }

int line(int length) { return upTo(length, 4) + 4; }

// A device that has room for every launch of a test.
class LargeDevice {
 public:
  LargeDevice() { setenv("LEVIN_EMULATION_MULTIPROCESSORS", "26", 1); }
  ~LargeDevice() { unsetenv("LEVIN_EMULATION_MULTIPROCESSORS"); }
};

// What a kernel is given: as RecurrentKernel has it for the host.
struct Setting {
  const char* name;
  int threads;
  int sharedFloats;
};

// The weights that are not in registers, which have those of so many pieces of 64 k.
int restFloats(const Shape& shape, Arithmetic arithmetic, int kept) {
  const int pieces = upTo(shape.units, 64) / 64 - kept;
  return (pieces > 0 ? pieces : 0) * (arithmetic == Arithmetic::tf32 ? 8 : 4) * 32 * shape.blockUnits;
}

int pad(Arithmetic arithmetic) { return arithmetic == Arithmetic::tf32 ? 4 : 8; }

Setting forwardSetting(const Shape& shape, Arithmetic arithmetic) {
  if (arithmetic == Arithmetic::fused) {
    return {"recurrentForward", 256, (4 * shape.blockUnits + upTo(shape.groupRows, 4)) * line(shape.units)};
  }
  const char* const name = arithmetic == Arithmetic::tf32 ? "recurrentForwardTf32" : "recurrentForwardBf16";
  return {name, 8 * shape.blockUnits, 16 * (upTo(shape.units, 64) + pad(arithmetic)) + restFloats(shape, arithmetic, 6)};
}

Setting backwardSetting(const Shape& shape, Arithmetic arithmetic) {
  if (arithmetic == Arithmetic::fused) {
    return {"recurrentBackward", 256, upTo(shape.blockUnits, 2) * line(4 * shape.units) + 2 * upTo(shape.groupRows, 2) * line(64)};
  }
  const char* const name = arithmetic == Arithmetic::tf32 ? "recurrentBackwardTf32" : "recurrentBackwardBf16";
  return {name, 8 * shape.blockUnits,
          64 * (3 * (64 + pad(arithmetic)) + shape.blockUnits + 4) + restFloats(shape, arithmetic, arithmetic == Arithmetic::tf32 ? 5 : 6)};
}

// Runs a kernel; the counters of the groups begin at `start`.
template <typename... Arguments>
void launch(const Session& session, const Shape& shape, unsigned start, const Setting& setting, Arguments... arguments) {
  const int blocks = (shape.units + shape.blockUnits - 1) / shape.blockUnits;
  const int groups = (shape.rows + shape.groupRows - 1) / shape.groupRows;
  unsigned* counters = onDevice(std::vector<unsigned>(32 * groups, start));
  Shape sizes = shape;
  void* pointers[] = {&arguments...,     &counters,     &sizes.rows, &sizes.units, &sizes.steps, &sizes.groupRows,
                      &sizes.blockUnits, nullptr};
  void* const function = session.function(setting.name);
  CHECK_SUCCESS(cuFuncSetAttribute(function, 8, 163 * 1024));
  CHECK_SUCCESS(cuLaunchCooperativeKernel(function, blocks, groups, 1, setting.threads, 1, 1, 4 * setting.sharedFloats, session.stream, pointers));
  CHECK_SUCCESS(cuStreamSynchronize(session.stream));
}

Layer forward(const Shape& shape, Arithmetic arithmetic, int seed, const Layer& before, unsigned start = 0) {
  const LargeDevice device;
  const Session session(seed);
  float* gates = onDevice(before.gates);
  float* cell = onDevice(before.cell);
  float* hidden = onDevice(before.hidden);
  const float* weight = onDevice(before.weight);
  launch(session, shape, start, forwardSetting(shape, arithmetic), gates, weight, cell, hidden);
  Layer after = before;
  after.gates = fromDevice(gates, before.gates.size());
  after.cell = fromDevice(cell, before.cell.size());
  after.hidden = fromDevice(hidden, before.hidden.size());
  return after;
}

Layer backward(const Shape& shape, Arithmetic arithmetic, int seed, const Layer& before, unsigned start = 0) {
  const LargeDevice device;
  const Session session(seed);
  float* gates = onDevice(before.gates);
  const float* weight = onDevice(before.weight);
  const float* cell = onDevice(before.cell);
  const float* dAbove = onDevice(before.dAbove);
  launch(session, shape, start, backwardSetting(shape, arithmetic), gates, weight, cell, dAbove);
  Layer after = before;
  after.gates = fromDevice(gates, before.gates.size());
  return after;
}

bool equal(const Layer& a, const Layer& b) { return a.gates == b.gates && a.cell == b.cell && a.hidden == b.hidden; }

// Both passes, with some seeds, must give what the loops give.
void checkBits(const Shape& shape, Arithmetic arithmetic, int seeds) {
  const Layer before(shape);
  Layer between = before;
  between.forward(shape, arithmetic);
  Layer after = between;
  after.backward(shape, arithmetic);
  for (int seed = 1; seed <= seeds; seed++) {
    CHECK(equal(forward(shape, arithmetic, seed, before), between));
    CHECK(equal(backward(shape, arithmetic, seed, between), after));
  }
}

// Counters that are far ahead let everyone pass: the barrier of the group is as good as missing. Returns how often it did no harm.
int rightWithoutWaiting(const Shape& shape, Arithmetic arithmetic, int seeds) {
  const unsigned ahead = 1u << 20;
  const Layer before(shape);
  Layer between = before;
  between.forward(shape, arithmetic);
  Layer after = between;
  after.backward(shape, arithmetic);
  int right = 0;
  for (int seed = 1; seed <= seeds; seed++) {
    right += equal(forward(shape, arithmetic, seed, before, ahead), between) ? 1 : 0;
    right += equal(backward(shape, arithmetic, seed, between, ahead), after) ? 1 : 0;
  }
  return right;
}

}  // namespace

// Sizes that are no multiples of anything, one block and many, one step.
TEST(theRecurrenceInOneLaunchGivesTheBitsOfItsSteps) {
  for (const Shape& shape : {Shape{1, 1, 1, 1, 1}, Shape{5, 7, 3, 2, 3}, Shape{9, 37, 4, 5, 8}, Shape{13, 12, 5, 4, 5}, Shape{3, 66, 2, 1, 9},
                             Shape{2, 33, 6, 2, 33}, Shape{17, 20, 1, 6, 7}, Shape{70, 2, 3, 35, 1}}) {
    checkBits(shape, Arithmetic::fused, 5);
  }
}

// With weights in registers only, and beyond: of 408 units' products, those of the last one or two pieces lie in shared memory.
TEST(theRecurrenceOnTensorCoresAddsInTheOrderOfItsUnits) {
  for (const Arithmetic arithmetic : {Arithmetic::tf32, Arithmetic::bf16}) {
    for (const Shape& shape : {Shape{1, 1, 1, 1, 16}, Shape{5, 37, 3, 3, 16}, Shape{19, 20, 4, 16, 16}, Shape{18, 68, 3, 9, 32}}) {
      checkBits(shape, arithmetic, 4);
    }
    checkBits({3, 408, 3, 2, 32}, arithmetic, 1);
  }
}

TEST(theRecurrenceOnTensorCoresIsNearThatOfFloats) {
  const Shape shape = {16, 72, 8, 16, 16};
  for (const Arithmetic arithmetic : {Arithmetic::tf32, Arithmetic::bf16}) {
    const float tolerance = arithmetic == Arithmetic::tf32 ? 2e-3f : 2e-2f;
    const Layer before(shape);
    Layer expected = before;
    expected.forward(shape, Arithmetic::fused);
    const Layer actual = forward(shape, arithmetic, 1, before);
    CHECK(distance(expected.hidden, actual.hidden) < tolerance);
    CHECK(distance(expected.cell, actual.cell) < tolerance);
    CHECK(distance(expected.hidden, actual.hidden) > 0.0f);
    const Layer backwards = backward(shape, arithmetic, 1, expected);
    expected.backward(shape, Arithmetic::fused);
    CHECK(distance(expected.gates, backwards.gates) < tolerance);
    CHECK(distance(expected.gates, backwards.gates) > 0.0f);
  }
}

TEST(theRecurrenceRepeatsInAnyOrder) {
  checkBits({7, 10, 6, 3, 2}, Arithmetic::fused, 40);
  checkBits({7, 40, 4, 3, 16}, Arithmetic::tf32, 20);
}

TEST(aRecurrenceThatDoesNotWaitForItsGroupShows) {
  CHECK(rightWithoutWaiting({7, 10, 6, 3, 2}, Arithmetic::fused, 20) < 5);
  CHECK(rightWithoutWaiting({7, 40, 6, 3, 16}, Arithmetic::tf32, 20) < 5);
}
