// The LSTM cell of one step, unit by unit: c' = f*c + i*g, h' = o*tanh(c').
#include "elementary.h"

// gates [rows,4*units]: pre-activations of i, f, g, o; overwritten with the activations. The others are [rows,units]; cell and hidden are
// overwritten.
KERNEL(cellForward, 256, float* gates, const float* previousCell, float* cell, float* hidden, int rows, int units) {
  size_t index = static_cast<size_t>(blockIndex()) * blockThreads() + threadIndex();
  if (index >= static_cast<size_t>(rows) * units) {
    return;
  }
  float* own = gates + index / units * 4 * units + index % units;
  float input = sigmoid(own[0]);
  float forget = sigmoid(own[units]);
  float candidate = hyperbolicTangent(own[2 * units]);
  float output = sigmoid(own[3 * units]);
  float next = fusedMultiplyAdd(forget, previousCell[index], input * candidate);
  own[0] = input;
  own[units] = forget;
  own[2 * units] = candidate;
  own[3 * units] = output;
  cell[index] = next;
  hidden[index] = output * hyperbolicTangent(next);
}

// gates: activations; overwritten with the gradients of the pre-activations. dAbove and dHidden: gradients of h' from above and from the
// next step. dCell: gradient of c' from the next step; overwritten with that of c.
KERNEL(cellBackward, 256, float* gates, const float* previousCell, const float* cell, const float* dAbove, const float* dHidden,
       float* dCell, int rows, int units) {
  size_t index = static_cast<size_t>(blockIndex()) * blockThreads() + threadIndex();
  if (index >= static_cast<size_t>(rows) * units) {
    return;
  }
  float* own = gates + index / units * 4 * units + index % units;
  float input = own[0];
  float forget = own[units];
  float candidate = own[2 * units];
  float output = own[3 * units];
  float squashed = hyperbolicTangent(cell[index]);
  float dh = dAbove[index] + dHidden[index];
  float dc = fusedMultiplyAdd(dh * output, fusedMultiplyAdd(-squashed, squashed, 1.0f), dCell[index]);
  own[0] = dc * candidate * (input * (1.0f - input));
  own[units] = dc * previousCell[index] * (forget * (1.0f - forget));
  own[2 * units] = dc * input * fusedMultiplyAdd(-candidate, candidate, 1.0f);
  own[3 * units] = dh * squashed * (output * (1.0f - output));
  dCell[index] = dc * forget;
}
