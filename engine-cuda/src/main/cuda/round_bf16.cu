// Factors of products in bfloat16: 7 bits of fraction, to nearest, ties to even.
#include "kernel.h"

namespace rounding {

static const int PIECE = 8;  // values of 16 bytes

}  // namespace rounding

// target [rows,line] = values [rows,columns], with zeros at the end of each row: line is the next multiple of 8. A thread takes a piece of a row.
KERNEL(roundBf16, 256, unsigned short* target, const float* values, int rows, int columns, int line) {
  const unsigned pieces = static_cast<unsigned>(line) / rounding::PIECE;
  const unsigned index = static_cast<unsigned>(blockIndex()) * blockThreads() + threadIndex();
  const unsigned row = index / pieces;
  if (row >= static_cast<unsigned>(rows)) {
    return;
  }
  const int column = static_cast<int>(index % pieces) * rounding::PIECE;
  const float* from = values + static_cast<size_t>(row) * columns + column;
  float own[rounding::PIECE];
  if (columns % rounding::PIECE == 0 && (reinterpret_cast<size_t>(values) & 15) == 0) {
    UNROLLED for (int i = 0; i < rounding::PIECE; i += 4) {
      const float4 four = *reinterpret_cast<const float4*>(from + i);
      own[i] = four.x;
      own[i + 1] = four.y;
      own[i + 2] = four.z;
      own[i + 3] = four.w;
    }
  } else {
    UNROLLED for (int i = 0; i < rounding::PIECE; i++) {
      own[i] = column + i < columns ? from[i] : 0.0f;
    }
  }
  reinterpret_cast<uint4*>(target)[index] =
      make_uint4(packBfloat16(own[0], own[1]), packBfloat16(own[2], own[3]), packBfloat16(own[4], own[5]), packBfloat16(own[6], own[7]));
}
