// Products on tensor cores that are wrong on purpose: the sources themselves, with one of their words taken to mean something else.
#include "product_tile.h"

// What a block's threads copied is read before all of them have.
#define blockBarrier() ((void)0)
#define tf32 tf32WithoutBarrier
#define bf16 bf16WithoutBarrier
#define NAMED(name) name##WithoutBarrier
#include "products_renamed.h"
#undef blockBarrier

// Factors are cut off rather than rounded.
#define tf32 tf32Unrounded
#define bf16 bf16Unrounded
#define NAMED(name) name##Unrounded
#define toTf32Factor(value) floatBits(value)
#define packBfloat16(low, high) (floatBits(low) >> 16 | (floatBits(high) & 0xffff0000u))
#include "products_renamed.h"
#undef toTf32Factor
#undef packBfloat16

// Eight lanes take the place of the next eight: other lines. (Halves of a warp could change places: they read other k, but of both factors.)
#define tf32 tf32OtherLane
#define bf16 bf16OtherLane
#define NAMED(name) name##OtherLane
#define laneIndex() (laneIndex() ^ 8)
#include "products_renamed.h"
#undef laneIndex

// What lies outside of the matrices is not zero.
DEVICE void copyWhatever16(void* shared, const void* global, bool) { copyAsync16(shared, global); }
DEVICE void copyWhatever4(void* shared, const void* global, bool) { copyAsync4OrZero(shared, global, true); }
#define tf32 tf32Unpadded
#define bf16 bf16Unpadded
#define NAMED(name) name##Unpadded
#define copyAsync16OrZero copyWhatever16
#define copyAsync4OrZero copyWhatever4
#define make_float4(x, y, z, w) make_float4(x, y, z, (w) == 0.0f ? 1.0f : (w))
#include "products_renamed.h"
#undef copyAsync16OrZero
#undef copyAsync4OrZero
#undef make_float4

// A stage is read before it has come; only TF32 copies in the background.
template <int groups>
DEVICE void waitForTooFew() {
  copyAsyncWait<groups + 1>();
}
#define tf32 tf32TooEarly
#define bf16 bf16TooEarly
#define NAMED(name) name##TooEarly
#define copyAsyncWait waitForTooFew
#include "products_renamed.h"
#undef copyAsyncWait
