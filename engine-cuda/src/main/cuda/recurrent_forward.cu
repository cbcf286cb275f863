// The recurrent part of a layer forward in time, all steps in one launch.
#include "recurrent.h"

// Rows of one unit that a thread computes: with its four gates these are sixteen sums, for eight reads of four floats each.
static const int FORWARD_ROWS = 4;

// sums += h * w^T for the thread's rows of h and the four lines of its unit's weights.
DEVICE void addRecurrent(float (&sums)[4][FORWARD_ROWS], const float* weights, size_t nextGate, const float* state, int line, int depth) {
  int k = 0;
  for (; k + 4 <= depth; k += 4) {
    float4 h[FORWARD_ROWS];
    for (int i = 0; i < FORWARD_ROWS; i++) {
      h[i] = *reinterpret_cast<const float4*>(state + i * line + k);
    }
    for (int gate = 0; gate < 4; gate++) {
      const float4 w = *reinterpret_cast<const float4*>(weights + gate * nextGate + k);
      for (int i = 0; i < FORWARD_ROWS; i++) {
        sums[gate][i] = fusedMultiplyAdd(h[i].x, w.x, sums[gate][i]);
        sums[gate][i] = fusedMultiplyAdd(h[i].y, w.y, sums[gate][i]);
        sums[gate][i] = fusedMultiplyAdd(h[i].z, w.z, sums[gate][i]);
        sums[gate][i] = fusedMultiplyAdd(h[i].w, w.w, sums[gate][i]);
      }
    }
  }
  for (; k < depth; k++) {
    for (int gate = 0; gate < 4; gate++) {
      for (int i = 0; i < FORWARD_ROWS; i++) {
        sums[gate][i] = fusedMultiplyAdd(state[i * line + k], weights[gate * nextGate + k], sums[gate][i]);
      }
    }
  }
}

// The thread's pre-activations of a step, where its sums begin.
DEVICE void loadSums(float (&sums)[4][FORWARD_ROWS], const float* own, int units, int rows) {
  for (int i = 0; i < FORWARD_ROWS; i++) {
    for (int gate = 0; gate < 4; gate++) {
      sums[gate][i] = i < rows ? own[(i * 4 + gate) * static_cast<size_t>(units)] : 0.0f;
    }
  }
}

// gates [steps][stepRows,4*units]: pre-activations of i, f, g, o without the recurrent part; overwritten with the activations, as all is of
// the first `rows` of each step. weight [4*units,units]. cell and hidden [steps+1][stepRows,units]: the state that enters, then that after
// each step, which is overwritten.
// counters: zero at the start. Shared memory: the weights [4*blockUnits] and the state [groupRows, rounded up to fours], in padded lines.
RESIDENT_KERNEL(recurrentForward, 256, 1, float* gates, const float* weight, float* cell, float* hidden, unsigned* counters, int rows,
                int units, int steps, int groupRows, int blockUnits, int stepRows) {
  SHARED_DYNAMIC(float, weights);
  const Share share = shareOf(rows, units, groupRows, blockUnits);
  const int line = paddedLine(units);
  const size_t nextGate = static_cast<size_t>(blockUnits) * line;
  float* const state = weights + 4 * nextGate;
  for (int i = threadIndex(); i < 4 * share.units * units; i += blockThreads()) {
    const int own = i / units;
    const int gate = own / share.units;
    const int unit = own % share.units;
    weights[gate * nextGate + unit * line + i % units] =
        weight[(static_cast<size_t>(gate) * units + share.firstUnit + unit) * units + i % units];
  }
  unsigned* const counter = counters + blockIndexY() * COUNTER_DISTANCE;
  const int unit = threadIndex() % blockUnits;
  const int row = threadIndex() / blockUnits * FORWARD_ROWS;
  const int ownRows = unit < share.units ? least(FORWARD_ROWS, share.rows - row) : 0;
  const size_t stepSize = static_cast<size_t>(stepRows) * units;
  // Where the thread's values lie in the first step:
  const size_t first = static_cast<size_t>(share.firstRow + row) * units + share.firstUnit + unit;
  float* ownGates = gates + static_cast<size_t>(share.firstRow + row) * 4 * units + share.firstUnit + unit;
  float states[FORWARD_ROWS];
  for (int i = 0; i < FORWARD_ROWS; i++) {
    states[i] = i < ownRows ? cell[first + i * static_cast<size_t>(units)] : 0.0f;
  }
  float sums[4][FORWARD_ROWS];
  loadSums(sums, ownGates, units, ownRows);
  for (int step = 0; step < steps; step++) {
    copyState(state, line, hidden + step * stepSize + static_cast<size_t>(share.firstRow) * units, share.rows, units);
    if (ownRows > 0) {
      addRecurrent(sums, weights + unit * line, nextGate, state + row * line, line, units);
    }
    const size_t now = (step + 1) * stepSize + first;
    for (int i = 0; i < FORWARD_ROWS; i++) {
      if (i < ownRows) {
        CellGates values = {sums[0][i], sums[1][i], sums[2][i], sums[3][i]};
        storeFresh(hidden + now + i * static_cast<size_t>(units), cellForwards(values, states[i]));
        sums[0][i] = values.input;
        sums[1][i] = values.forget;
        sums[2][i] = values.candidate;
        sums[3][i] = values.output;
      }
    }
    if (step + 1 < steps) {
      announce(counter);
    }
    // What nobody waits for:
    for (int i = 0; i < FORWARD_ROWS; i++) {
      if (i < ownRows) {
        cell[now + i * static_cast<size_t>(units)] = states[i];
        storeGates(ownGates + i * 4 * static_cast<size_t>(units), units, {sums[0][i], sums[1][i], sums[2][i], sums[3][i]});
      }
    }
    if (step + 1 < steps) {
      ownGates += 4 * stepSize;
      loadSums(sums, ownGates, units, ownRows);  // while others finish
      await(counter, step + 1);
    }
  }
}
