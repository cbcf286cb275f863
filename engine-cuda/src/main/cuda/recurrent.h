// What the kernels have in common that walk through all steps of a layer in one launch.
//
// Rows of a batch do not depend on each other, but within a row a step needs the whole step before. So the blocks are split into groups,
// each with its own rows; within a group every block owns some units, whose recurrent weights it keeps on the chip from the first step
// to the last. After each step a block's results lie in global memory, and the blocks of a group wait for each other; groups never
// do. A grid has a row of blocks for each group. It has to be resident as a whole: the launch is cooperative.
//
// What fits: shared memory holds 163 KB a block on compute capability 8.0 (108 multiprocessors on an A100) and 227 KB on 9.0 (132 on an
// H200). The host plans rows and units so that there is at most one block a multiprocessor (RecurrencePlan); what does not fit at once are
// launches one after the other, each for some of the `stepRows` rows that a step has, from where the pointers point. How rows and units are
// divided cannot change a bit: only outputs are divided, and each is added in one order.
#pragma once
#include "cell.h"

// One counter a group, each in a cache line of its own.
static const int COUNTER_DISTANCE = 32;

// A block's share.
struct Share {
  int firstRow;
  int rows;
  int firstUnit;
  int units;
};

DEVICE int least(int a, int b) { return a < b ? a : b; }

DEVICE Share shareOf(int rows, int units, int groupRows, int blockUnits) {
  const int firstRow = blockIndexY() * groupRows;
  const int firstUnit = blockIndex() * blockUnits;
  return {firstRow, least(groupRows, rows - firstRow), firstUnit, least(blockUnits, units - firstUnit)};
}

// The floats from one line to the next in shared memory: a multiple of four, so that four can be read at once, and an odd one, so that
// eight neighbors' fours lie in other banks.
DEVICE int paddedLine(int length) { return ((length + 3) / 4 | 1) * 4; }

// Tells the group that this block's results of a step are written.
DEVICE void announce(unsigned* counter) {
  blockBarrier();
  if (threadIndex() == 0) {
    groupArrive(counter);
  }
}

// Waits until all blocks of the group have announced that many steps.
DEVICE void await(const unsigned* counter, int steps) {
  if (threadIndex() == 0) {
    groupWait(counter, static_cast<unsigned>(steps * gridBlocks()));
  }
  blockBarrier();
}

// The same as storeGates, for what other blocks are to read.
DEVICE void storeGatesFresh(float* own, int units, const CellGates& gates) {
  storeFresh(own, gates.input);
  storeFresh(own + units, gates.forget);
  storeFresh(own + 2 * static_cast<size_t>(units), gates.candidate);
  storeFresh(own + 3 * static_cast<size_t>(units), gates.output);
}

// Copies [rows][units] that other blocks wrote to lines in shared memory, a line a warp.
DEVICE void copyState(float* state, int line, const float* hidden, int rows, int units) {
  const bool inFours = units % 4 == 0;
  for (int row = warpIndex(); row < rows; row += blockThreads() / 32) {
    float* const to = state + row * line;
    const float* const from = hidden + row * units;
    if (inFours) {
      for (int k = laneIndex() * 4; k < units; k += 128) {
        copyAsync16(to + k, from + k);
      }
    } else {
      for (int k = laneIndex(); k < units; k += 32) {
        to[k] = loadFresh(from + k);
      }
    }
  }
  if (inFours) {
    copyAsyncCommit();
    copyAsyncWait<0>();
  }
  blockBarrier();
}
