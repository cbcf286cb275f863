// Copies of matrices for products on tensor cores, which take whole pieces of 16 bytes: a row of a copy is as many pieces as hold a row of the
// matrix, with zeros at the end. A thread makes one piece.
#include "kernel.h"

namespace factorCopies {

// The piece of values [rows,columns] that a thread makes, if it is one of them: `size` neighbors. A row of the copy has `line` elements.
template <int size>
DEVICE bool load(float (&piece)[size], const float* values, int rows, int columns, int line) {
  const unsigned pieces = static_cast<unsigned>(line) / size;
  const unsigned index = static_cast<unsigned>(blockIndex()) * blockThreads() + threadIndex();
  const unsigned row = index / pieces;
  if (row >= static_cast<unsigned>(rows)) {
    return false;
  }
  const int column = static_cast<int>(index % pieces) * size;
  const float* from = values + static_cast<size_t>(row) * columns + column;
  if (columns % size == 0 && (reinterpret_cast<size_t>(values) & 15) == 0) {
    UNROLLED for (int i = 0; i < size; i += 4) {
      const float4 four = *reinterpret_cast<const float4*>(from + i);
      piece[i] = four.x;
      piece[i + 1] = four.y;
      piece[i + 2] = four.z;
      piece[i + 3] = four.w;
    }
  } else {
    UNROLLED for (int i = 0; i < size; i++) {
      piece[i] = column + i < columns ? from[i] : 0.0f;
    }
  }
  return true;
}

}  // namespace factorCopies

// target [rows,line] = values [rows,columns] in bfloat16, to nearest, ties to even; line is the next multiple of 8.
KERNEL(copyFactorBf16, 256, uint4* target, const float* values, int rows, int columns, int line) {
  float own[8];
  if (factorCopies::load(own, values, rows, columns, line)) {
    target[static_cast<size_t>(blockIndex()) * blockThreads() + threadIndex()] =
        make_uint4(packBfloat16(own[0], own[1]), packBfloat16(own[2], own[3]), packBfloat16(own[4], own[5]), packBfloat16(own[6], own[7]));
  }
}

// target [rows,line] = values [rows,columns] as they are; line is the next multiple of 4.
KERNEL(copyFactorTf32, 256, float4* target, const float* values, int rows, int columns, int line) {
  float own[4];
  if (factorCopies::load(own, values, rows, columns, line)) {
    target[static_cast<size_t>(blockIndex()) * blockThreads() + threadIndex()] = make_float4(own[0], own[1], own[2], own[3]);
  }
}
