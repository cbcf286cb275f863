// Biases, where a product begins.
#include "kernel.h"

// target [rows,columns] = bias [columns] + other [columns] in every row; other may be null
KERNEL(fillRows, 256, float* target, const float* bias, const float* other, int rows, int columns) {
  size_t index = static_cast<size_t>(blockIndex()) * blockThreads() + threadIndex();
  if (index < static_cast<size_t>(rows) * columns) {
    int column = static_cast<int>(index % columns);
    target[index] = other ? bias[column] + other[column] : bias[column];
  }
}
