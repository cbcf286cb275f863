// Products on tensor cores that are wrong on purpose: the sources themselves, with one of their words taken to mean something else.
#include "product_tile.h"

// What a block's threads copied is read before all of them have.
#define blockBarrier() ((void)0)
#define NAMED(name) name##WithoutBarrier
#include "products_renamed.h"
#undef blockBarrier

// Factors are cut off rather than rounded.
#define NAMED(name) name##Unrounded
#define toTf32Factor(value) floatBits(value)
#include "products_renamed.h"
#undef toTf32Factor
KERNEL(cutOffBf16, 256, unsigned short* target, const float* values, int rows, int columns, int line) {
  const int index = blockIndex() * blockThreads() + threadIndex();
  const int piece = index * 8 % line;
  for (int i = piece; i < piece + 8 && index * 8 / line < rows; i++) {
    target[index * 8 + i - piece] = static_cast<unsigned short>(i < columns ? floatBits(values[index * 8 / line * columns + i]) >> 16 : 0);
  }
}

// The second half of a warp takes the place of the first.
#define NAMED(name) name##OtherLane
#define laneIndex() (laneIndex() ^ 16)
#include "products_renamed.h"
#undef laneIndex

// What lies outside of the matrices is not zero.
DEVICE void copyInside16(void* shared, const void* global, bool inside) {
  if (inside) {
    copyAsync16(shared, global);
  }
}
#define NAMED(name) name##Unpadded
#define copyAsync16OrZero copyInside16
#include "products_renamed.h"
#undef copyAsync16OrZero

// A stage is read before it has come.
template <int groups>
DEVICE void waitForTooFew() {
  copyAsyncWait<groups + 1>();
}
#define NAMED(name) name##TooEarly
#define copyAsyncWait waitForTooFew
#include "products_renamed.h"
#undef copyAsyncWait
