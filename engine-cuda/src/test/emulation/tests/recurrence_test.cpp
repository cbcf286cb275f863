// The recurrence of a layer in one launch, beside plain loops that add in the same order: the bits must be the same, however the work is
// divided and in whatever order blocks and threads come.
#include "check.h"
#include "recurrence_layer.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

int upTo(int value, int multiple) { return (value + multiple - 1) / multiple * multiple; }

int line(int length) { return ((length + 3) / 4 | 1) * 4; }

// A device that has room for every launch of a test.
class LargeDevice {
 public:
  LargeDevice() { setenv("LEVIN_EMULATION_MULTIPROCESSORS", "26", 1); }
  ~LargeDevice() { unsetenv("LEVIN_EMULATION_MULTIPROCESSORS"); }
};

// A pair of kernels, as RecurrentKernel has them for the host; `changed` ends the names of those that are made otherwise for a test.
struct Kernels {
  Arithmetic arithmetic;
  const char* name;
  int elementBytes;
  int tiles;  // of a warp on tensor cores; otherwise 0
  int kept;   // pieces whose weights are in registers
  int stages[2];
  const char* changed;

  std::string forwardName() const { return std::string("recurrentForward") + name + changed; }
  std::string backwardName() const { return std::string("recurrentBackward") + name + changed; }
};

const Kernels fused = {Arithmetic::fused, "", 0, 0, 0, {}, ""};
const Kernels tf32 = {Arithmetic::tf32, "Tf32", 4, 1, 6, {5, 3}, ""};
const Kernels bf16 = {Arithmetic::bf16, "Bf16", 2, 1, 4, {5, 5}, ""};
const Kernels narrow = {Arithmetic::bf16, "Bf16Narrow", 2, 2, 3, {5, 5}, ""};

Kernels made(const Kernels& kernels, const char* how) {
  Kernels changed = kernels;
  changed.changed = how;
  return changed;
}

int rowsOf(const Kernels& kernels) { return 16 / kernels.tiles; }

int lineBytes(const Shape& shape, const Kernels& kernels) { return upTo(shape.units * kernels.elementBytes, 256); }

int threadsOf(const Shape& shape, const Kernels& kernels) { return kernels.tiles == 0 ? 256 : shape.blockUnits * rowsOf(kernels) / 2; }

// The weights that are not in registers.
int restBytes(const Shape& shape, const Kernels& kernels) {
  const int rest = lineBytes(shape, kernels) - kernels.kept * 256;
  return (rest > 0 ? rest : 0) * 4 * shape.blockUnits;
}

int forwardBytes(const Shape& shape, const Kernels& kernels) {
  return kernels.tiles == 0 ? 4 * (4 * shape.blockUnits + upTo(shape.groupRows, 4)) * line(shape.units)
                            : rowsOf(kernels) * kernels.stages[0] * 272 + restBytes(shape, kernels);
}

int backwardBytes(const Shape& shape, const Kernels& kernels) {
  return kernels.tiles == 0 ? 4 * (upTo(shape.blockUnits, 2) * line(4 * shape.units) + 2 * upTo(shape.groupRows, 2) * line(64))
                            : 4 * rowsOf(kernels) * (kernels.stages[1] * 272 + 4 * (shape.blockUnits + 4)) + restBytes(shape, kernels);
}

// Runs a kernel; the counters of the groups begin at `start`. What is exchanged has so many planes.
void launch(const Session& session, const Shape& shape, unsigned start, const Kernels& kernels, const std::string& name, int sharedBytes, int planes,
            std::vector<const float*> addresses) {
  const int blocks = (shape.units + shape.blockUnits - 1) / shape.blockUnits;
  const int groups = (shape.rows + shape.groupRows - 1) / shape.groupRows;
  unsigned* counters = onDevice(std::vector<unsigned>(32 * groups, start));
  char* exchanged = onDevice(std::vector<char>(static_cast<std::size_t>(2) * shape.rows * planes * lineBytes(shape, kernels) + 1));
  Shape sizes = shape;
  std::vector<void*> pointers;
  for (const float*& address : addresses) {
    pointers.push_back(&address);
  }
  if (kernels.tiles != 0) {
    pointers.push_back(&exchanged);
  }
  pointers.insert(pointers.end(), {&counters, &sizes.rows, &sizes.units, &sizes.steps, &sizes.groupRows, &sizes.blockUnits});
  pointers.push_back(&sizes.rows);  // of a step, of which the launch has all
  void* const function = session.function(name.c_str());
  CHECK_SUCCESS(cuFuncSetAttribute(function, 8, 163 * 1024));
  CHECK_SUCCESS(cuLaunchCooperativeKernel(function, blocks, groups, 1, threadsOf(shape, kernels), 1, 1, sharedBytes, session.stream,
                                          pointers.data()));
  CHECK_SUCCESS(cuStreamSynchronize(session.stream));
}

Layer forward(const Shape& shape, const Kernels& kernels, int seed, const Layer& before, unsigned start = 0) {
  const LargeDevice device;
  const Session session(seed);
  float* gates = onDevice(before.gates);
  float* cell = onDevice(before.cell);
  float* hidden = onDevice(before.hidden);
  const float* weight = onDevice(before.weight);
  launch(session, shape, start, kernels, kernels.forwardName(), forwardBytes(shape, kernels), 1, {gates, weight, cell, hidden});
  Layer after = before;
  after.gates = fromDevice(gates, before.gates.size());
  after.cell = fromDevice(cell, before.cell.size());
  after.hidden = fromDevice(hidden, before.hidden.size());
  return after;
}

Layer backward(const Shape& shape, const Kernels& kernels, int seed, const Layer& before, unsigned start = 0) {
  const LargeDevice device;
  const Session session(seed);
  float* gates = onDevice(before.gates);
  const float* weight = onDevice(before.weight);
  const float* cell = onDevice(before.cell);
  const float* dAbove = onDevice(before.dAbove);
  launch(session, shape, start, kernels, kernels.backwardName(), backwardBytes(shape, kernels), 4, {gates, weight, cell, dAbove});
  Layer after = before;
  after.gates = fromDevice(gates, before.gates.size());
  return after;
}

bool equal(const Layer& a, const Layer& b) { return a.gates == b.gates && a.cell == b.cell && a.hidden == b.hidden; }

// Both passes, with some seeds, must give what the loops give.
void checkBits(const Shape& shape, const Kernels& kernels, int seeds) {
  const Layer before(shape);
  Layer between = before;
  between.forward(shape, kernels.arithmetic);
  Layer after = between;
  after.backward(shape, kernels.arithmetic);
  for (int seed = 1; seed <= seeds; seed++) {
    CHECK(equal(forward(shape, kernels, seed, before), between));
    CHECK(equal(backward(shape, kernels, seed, between), after));
  }
}

// How often passes that are wrong on purpose did no harm, forward and backward.
struct Right {
  int forward;
  int backward;
};

Right rightAnyway(const Shape& shape, const Kernels& kernels, int seeds, unsigned start = 0) {
  const Layer before(shape);
  Layer between = before;
  between.forward(shape, kernels.arithmetic);
  Layer after = between;
  after.backward(shape, kernels.arithmetic);
  Right right = {};
  for (int seed = 1; seed <= seeds; seed++) {
    right.forward += equal(forward(shape, kernels, seed, before, start), between) ? 1 : 0;
    right.backward += equal(backward(shape, kernels, seed, between, start), after) ? 1 : 0;
  }
  return right;
}

}  // namespace

// Sizes that are no multiples of anything, one block and many, one step.
TEST(theRecurrenceInOneLaunchGivesTheBitsOfItsSteps) {
  for (const Shape& shape : {Shape{1, 1, 1, 1, 1}, Shape{5, 7, 3, 2, 3}, Shape{9, 37, 4, 5, 8}, Shape{13, 12, 5, 4, 5}, Shape{3, 66, 2, 1, 9},
                             Shape{2, 33, 6, 2, 33}, Shape{17, 20, 1, 6, 7}, Shape{70, 2, 3, 35, 1}}) {
    checkBits(shape, fused, 5);
  }
}

// With weights in registers only, and beyond: of 408 and 520 units' products, those of the last pieces lie in shared memory.
TEST(theRecurrenceOnTensorCoresAddsInTheOrderOfItsUnits) {
  for (const Kernels& kernels : {tf32, bf16}) {
    for (const Shape& shape : {Shape{1, 1, 1, 1, 16}, Shape{5, 37, 3, 3, 16}, Shape{19, 20, 4, 16, 16}, Shape{18, 68, 3, 9, 32}}) {
      checkBits(shape, kernels, 4);
    }
  }
  checkBits({3, 408, 3, 2, 32}, tf32, 1);
  checkBits({3, 520, 3, 3, 32}, bf16, 1);
}

TEST(theRecurrenceOfFewRowsAddsInTheOrderOfItsUnits) {
  for (const Shape& shape : {Shape{1, 1, 1, 1, 32}, Shape{5, 37, 3, 3, 32}, Shape{19, 20, 4, 8, 32}, Shape{11, 131, 3, 7, 64}}) {
    checkBits(shape, narrow, 4);
  }
  checkBits({3, 401, 3, 2, 64}, narrow, 1);
}

TEST(theRecurrenceOnTensorCoresIsNearThatOfFloats) {
  const Shape shape = {16, 72, 8, 16, 16};
  for (const Kernels& kernels : {tf32, bf16}) {
    const float tolerance = kernels.arithmetic == Arithmetic::tf32 ? 2e-3f : 2e-2f;
    const Layer before(shape);
    Layer expected = before;
    expected.forward(shape, Arithmetic::fused);
    const Layer actual = forward(shape, kernels, 1, before);
    CHECK(distance(expected.hidden, actual.hidden) < tolerance);
    CHECK(distance(expected.cell, actual.cell) < tolerance);
    CHECK(distance(expected.hidden, actual.hidden) > 0.0f);
    const Layer backwards = backward(shape, kernels, 1, expected);
    expected.backward(shape, Arithmetic::fused);
    CHECK(distance(expected.gates, backwards.gates) < tolerance);
    CHECK(distance(expected.gates, backwards.gates) > 0.0f);
  }
}

TEST(theRecurrenceRepeatsInAnyOrder) {
  checkBits({7, 10, 6, 3, 2}, fused, 40);
  checkBits({7, 40, 4, 3, 16}, tf32, 20);
  checkBits({7, 70, 5, 3, 32}, narrow, 20);
}

// Counters that are far ahead let everyone pass: the barrier of the group is as good as missing.
TEST(aRecurrenceThatDoesNotWaitForItsGroupShows) {
  const unsigned ahead = 1u << 20;
  for (const Kernels& kernels : {fused, tf32, bf16}) {
    const Right right = rightAnyway({7, 40, 6, 3, 16}, kernels, 20, ahead);
    CHECK(right.forward < 3 && right.backward < 3);
  }
}

// Who is ahead of a block that is slow must not overwrite what that one has not read yet.
TEST(anExchangeOfOneStepShowsAndOneOfTwoSuffices) {
  const Shape shape = {5, 40, 5, 3, 16};
  for (const Kernels& kernels : {tf32, bf16}) {
    checkBits(shape, made(kernels, "Slow"), 4);
    const Right right = rightAnyway(shape, made(kernels, "OneStep"), 4);
    CHECK(right.forward == 0 && right.backward == 0);
  }
}

TEST(anExchangeThatIsReadTooEarlyShows) {
  for (const Kernels& kernels : {tf32, bf16, narrow}) {
    const Right right = rightAnyway({7, 150, 4, 3, 32}, made(kernels, "TooEarly"), 10);
    CHECK(right.forward < 3 && right.backward < 3);
  }
}
