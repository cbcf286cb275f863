// Softmax and cross-entropy. Eight threads take a token; sums are doubles, in one stated order.
#include "elementary.h"

static const int PARTS = 8;

// losses [tokens] = -ln softmax(logits [tokens,symbols])[targets [tokens]], in nats. If wanted, the gradient of the mean loss takes the
// place of the logits: (softmax - one-hot) / tokens.
KERNEL(crossEntropy, 256, float* logits, const int* targets, double* losses, int tokens, int symbols, int gradient) {
  int part = threadIndex() % PARTS;
  size_t token = static_cast<size_t>(blockIndex()) * (blockThreads() / PARTS) + threadIndex() / PARTS;
  bool present = token < static_cast<size_t>(tokens);
  int count = present ? symbols : 0;  // threads without a token take part in the exchange
  float* row = logits + (present ? token * symbols : 0);
  float largest = present ? row[0] : 0.0f;
  for (int j = part; j < count; j += PARTS) {
    largest = fmaxf(largest, row[j]);
  }
  for (int mask = 1; mask < PARTS; mask *= 2) {
    largest = fmaxf(largest, shuffleXor(largest, mask));
  }
  int whole = count - count % PARTS;
  double sum = 0;
  for (int j = part; j < whole; j += PARTS) {
    sum += exponential(row[j] - largest);
  }
  // ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)), then what is left over
  for (int mask = 1; mask < PARTS; mask *= 2) {
    sum += shuffleXor(sum, mask);
  }
  for (int j = whole; j < count; j++) {
    sum += exponential(row[j] - largest);
  }
  int target = present ? targets[token] : 0;
  if (present && part == 0) {
    losses[token] = log(sum) - (static_cast<double>(row[target]) - largest);
  }
  warpBarrier();  // all have read what some overwrite
  if (!gradient) {
    return;
  }
  double scale = 1.0 / tokens;
  float factor = static_cast<float>(scale / sum);
  for (int j = part; j < count; j += PARTS) {
    float probability = exponential(row[j] - largest) * factor;
    row[j] = j == target ? probability - static_cast<float>(scale) : probability;
  }
}
