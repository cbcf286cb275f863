// The LSTM cell of one unit in one row: c' = f*c + i*g, h' = o*tanh(c'). One text for all kernels that compute it, so that all give the
// same bits.
#pragma once
#include "elementary.h"

struct CellGates {
  float input;
  float forget;
  float candidate;
  float output;
};

// Pre-activations become activations, c becomes c'; returns h'.
DEVICE float cellForwards(CellGates& gates, float& cell) {
  gates.input = sigmoid(gates.input);
  gates.forget = sigmoid(gates.forget);
  gates.candidate = hyperbolicTangent(gates.candidate);
  gates.output = sigmoid(gates.output);
  cell = fusedMultiplyAdd(gates.forget, cell, gates.input * gates.candidate);
  return gates.output * hyperbolicTangent(cell);
}

// Activations become the gradients of the pre-activations, and the gradient of c' that of c; previous is c, squashed is tanh(c'), dHidden
// the gradient of h'.
DEVICE void cellBackwards(CellGates& gates, float previous, float squashed, float dHidden, float& dCell) {
  const CellGates own = gates;
  float dc = fusedMultiplyAdd(dHidden * own.output, fusedMultiplyAdd(-squashed, squashed, 1.0f), dCell);
  gates.input = dc * own.candidate * (own.input * (1.0f - own.input));
  gates.forget = dc * previous * (own.forget * (1.0f - own.forget));
  gates.candidate = dc * own.input * fusedMultiplyAdd(-own.candidate, own.candidate, 1.0f);
  gates.output = dHidden * squashed * (own.output * (1.0f - own.output));
  dCell = dc * own.forget;
}

// The four values of a unit, which lie `units` apart.
DEVICE CellGates loadGates(const float* own, int units) {
  return {own[0], own[units], own[2 * static_cast<size_t>(units)], own[3 * static_cast<size_t>(units)]};
}

DEVICE void storeGates(float* own, int units, const CellGates& gates) {
  own[0] = gates.input;
  own[units] = gates.forget;
  own[2 * static_cast<size_t>(units)] = gates.candidate;
  own[3 * static_cast<size_t>(units)] = gates.output;
}
