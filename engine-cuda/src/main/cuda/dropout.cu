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
  int positions = steps * units;
  int blocks = (positions - 1) / 4 + 1;
  size_t index = static_cast<size_t>(blockIndex()) * blockThreads() + threadIndex();
  if (index >= static_cast<size_t>(rows) * blocks) {
    return;
  }
  int row = static_cast<int>(index / blocks);
  int block = static_cast<int>(index % blocks);
  Words words = philox(step->seed, block, row, step->number, layer);
  for (int lane = 0; lane < 4; lane++) {
    int position = 4 * block + lane;
    if (position < positions) {
      size_t place = (static_cast<size_t>(position / units) * rows + row) * units + position % units;
      target[place] = source[place] * (words.word[lane] >= step->threshold ? step->keepScale : 0.0f);
    }
  }
}
