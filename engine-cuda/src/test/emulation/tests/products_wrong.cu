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
#define toTf32(value) floatBits(value)
#define packBfloat16(low, high) (floatBits(low) >> 16 | (floatBits(high) & 0xffff0000u))
#include "products_renamed.h"
#undef toTf32
#undef packBfloat16

// The second half of a warp takes the place of the first.
#define tf32 tf32OtherLane
#define bf16 bf16OtherLane
#define NAMED(name) name##OtherLane
#define laneIndex() (laneIndex() ^ 16)
#include "products_renamed.h"
#undef laneIndex
