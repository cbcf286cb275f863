// Inverted dropout. The masks are those of every engine: Philox4x32-10 with the counter (position / 4, row, step, layer), where the position
// is t*units + unit, and the key is the seed. They are drawn again in the backward pass rather than kept.
#include "step.h"

struct Words {
  unsigned word[4];
};

DEVICE Words philox(unsigned long long key, unsigned c0, unsigned c1, unsigned c2, unsigned c3) {
  unsigned k0 = static_cast<unsigned>(key);
  unsigned k1 = static_cast<unsigned>(key >> 32);
  for (int round = 0; round < 10; round++) {
    unsigned high0 = multiplyHigh(0xD2511F53u, c0);
    unsigned low0 = 0xD2511F53u * c0;
    unsigned high1 = multiplyHigh(0xCD9E8D57u, c2);
    unsigned low1 = 0xCD9E8D57u * c2;
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return {{c0, c1, c2, c3}};
}

// target = source * mask, both [steps*rows,units]; they may be the same. A thread draws four positions of one row.
KERNEL(dropout, 256, float* target, const float* source, const StepValues* step, int layer, int rows, int steps, int units) {
  unsigned positions = static_cast<unsigned>(steps) * units;
  unsigned blocks = (positions - 1) / 4 + 1;
  unsigned index = static_cast<unsigned>(blockIndex()) * blockThreads() + threadIndex();
  unsigned row = index / blocks;
  unsigned block = index % blocks;
  if (row >= static_cast<unsigned>(rows)) {
    return;
  }
  Words words = philox(step->seed, block, row, step->number, layer);
  unsigned long long threshold = step->threshold;
  float scale = step->keepScale;
  float factors[4];
  UNROLLED for (int lane = 0; lane < 4; lane++) {
    factors[lane] = words.word[lane] >= threshold ? scale : 0.0f;
  }
  if (units % 4 == 0) {  // then the four are neighbors, and aligned
    size_t place = (static_cast<size_t>(4 * block / units) * rows + row) * units + 4 * block % units;
    float4 four = *reinterpret_cast<const float4*>(source + place);
    *reinterpret_cast<float4*>(target + place) = make_float4(four.x * factors[0], four.y * factors[1], four.z * factors[2], four.w * factors[3]);
    return;
  }
  UNROLLED for (int lane = 0; lane < 4; lane++) {
    unsigned position = 4 * block + lane;
    if (position < positions) {
      size_t place = (static_cast<size_t>(position / units) * rows + row) * units + position % units;
      target[place] = source[place] * factors[lane];
    }
  }
}
