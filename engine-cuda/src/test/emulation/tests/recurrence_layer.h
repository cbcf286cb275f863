// The recurrence of a layer as plain loops, which add in the order that the kernels promise.
#pragma once

#include <vector>

#include "cell.h"

namespace levin::emulation::tests {

struct Shape {
  int rows;
  int units;
  int steps;
  int groupRows;
  int blockUnits;
};

// How products are added: one by one, each fused with the sum, or as the emulated tensor core adds, eight or sixteen exact products of
// rounded factors at once.
enum class Arithmetic { fused, tf32, bf16 };

inline double rounded(Arithmetic arithmetic, float value) {
  return arithmetic == Arithmetic::tf32 ? bitsFloat(toTf32(value)) : fromBfloat16(toBfloat16(value));
}

inline float sumOfProducts(Arithmetic arithmetic, float start, const float* a, const float* b, int distance, int depth) {
  float sum = start;
  const int together = arithmetic == Arithmetic::bf16 ? 16 : 8;
  for (int first = 0; first < depth; first += together) {
    double exact = sum;
    for (int k = first; k < depth && k < first + together; k++) {
      if (arithmetic == Arithmetic::fused) {
        sum = fusedMultiplyAdd(a[k], b[k * distance], sum);
      } else {
        exact += rounded(arithmetic, a[k]) * rounded(arithmetic, b[k * distance]);
      }
    }
    sum = arithmetic == Arithmetic::fused ? sum : static_cast<float>(exact);
  }
  return sum;
}

// One layer's memory, [steps][rows][...].
struct Layer {
  std::vector<float> gates;
  std::vector<float> weight;
  std::vector<float> cell;
  std::vector<float> hidden;
  std::vector<float> dAbove;

  explicit Layer(const Shape& shape)
      : gates(4 * shape.rows * shape.units * shape.steps), weight(4 * shape.units * shape.units),
        cell(shape.rows * shape.units * (shape.steps + 1)), hidden(cell.size()), dAbove(gates.size() / 4) {
    const float scale = 1.0f / std::sqrt(static_cast<float>(shape.units));
    unsigned state = 7;
    fill(gates, gates.size(), 1.0f, state);
    fill(weight, weight.size(), scale, state);
    fill(dAbove, dAbove.size(), 1.0f, state);
    fill(cell, shape.rows * shape.units, 1.0f, state);
    fill(hidden, shape.rows * shape.units, 1.0f, state);
  }

  void forward(const Shape& shape, Arithmetic arithmetic) {
    const int units = shape.units;
    for (int line = 0; line < shape.steps * shape.rows; line++) {
      for (int unit = 0; unit < units; unit++) {
        float sums[4];
        for (int gate = 0; gate < 4; gate++) {
          const float before = gates[(line * 4 + gate) * units + unit];
          const float start = arithmetic == Arithmetic::fused ? before : 0.0f;
          const float* const weights = &weight[(gate * units + unit) * units];
          const float sum = sumOfProducts(arithmetic, start, &hidden[line * units], weights, 1, units);
          sums[gate] = arithmetic == Arithmetic::fused ? sum : before + sum;
        }
        CellGates values = {sums[0], sums[1], sums[2], sums[3]};
        float state = cell[line * units + unit];
        hidden[(line + shape.rows) * units + unit] = cellForwards(values, state);
        cell[(line + shape.rows) * units + unit] = state;
        storeGates(&gates[line * 4 * units + unit], units, values);
      }
    }
  }

  void backward(const Shape& shape, Arithmetic arithmetic) {
    const int units = shape.units;
    std::vector<float> dHidden(shape.rows * units);
    std::vector<float> dCell(shape.rows * units);
    for (int line = shape.steps * shape.rows - 1; line >= 0; line--) {
      const int row = line % shape.rows;
      for (int unit = 0; unit < units; unit++) {
        float* const own = &gates[line * 4 * units + unit];
        CellGates values = loadGates(own, units);
        cellBackwards(values, cell[line * units + unit], hyperbolicTangent(cell[(line + shape.rows) * units + unit]),
                      dAbove[line * units + unit] + dHidden[row * units + unit], dCell[row * units + unit]);
        storeGates(own, units, values);
      }
      for (int unit = 0; unit < units; unit++) {
        const float* const gradients = &gates[line * 4 * units];
        float sum;
        if (arithmetic == Arithmetic::fused) {
          sum = sumOfProducts(arithmetic, 0.0f, gradients, &weight[unit], units, 4 * units);
        } else {
          float parts[4];
          for (int gate = 0; gate < 4; gate++) {
            parts[gate] = sumOfProducts(arithmetic, 0.0f, gradients + gate * units, &weight[gate * units * units + unit], units, units);
          }
          sum = ((parts[0] + parts[1]) + parts[2]) + parts[3];
        }
        dHidden[row * units + unit] = sum;
      }
    }
  }

 private:
  static void fill(std::vector<float>& values, std::size_t count, float scale, unsigned& state) {
    for (std::size_t i = 0; i < count; i++) {
      state = state * 1664525u + 1013904223u;
      values[i] = scale * (static_cast<float>(state >> 8) / 8388608.0f - 1.0f);
    }
  }
};

// The greatest difference.
inline float distance(const std::vector<float>& a, const std::vector<float>& b) {
  float greatest = 0.0f;
  for (std::size_t i = 0; i < a.size(); i++) {
    greatest = std::fmax(greatest, std::fabs(a[i] - b[i]));
  }
  return greatest;
}

}  // namespace levin::emulation::tests
