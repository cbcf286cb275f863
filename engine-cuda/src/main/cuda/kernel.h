// The one header that every kernel includes. The same source compiles twice: by nvcc, where what is named here is an intrinsic or a line
// of PTX, and by g++ with LEVIN_EMULATION, where it is a function of the emulation (src/test/emulation/device.h) and no GPU is needed.
// A kernel uses nothing of CUDA that is not named here, except the vector types (float2, float4, uint2, uint4 and make_...) and the
// functions fmaf, sqrtf, expf, logf, tanhf, fabsf, fminf, fmaxf, which both compilers know.
//
//   KERNEL(scale, 128, float* values, float factor, int count) {          // at most 128 threads a block
//     int index = blockIndex() * blockThreads() + threadIndex();
//     if (index < count) values[index] *= factor;
//   }
//
// Kernels:        KERNEL(name, threads, parameters...)   a kernel by that C name, with launch bounds
//                 RESIDENT_KERNEL(name, threads, blocks, parameters...)   with registers for so many blocks on a multiprocessor at once;
//                                                        where it has one at a time, that may take more of them
//                 DEVICE                                 before a function that kernels call
//                 UNROLLED for (...) ROLLED for (...)    a loop that becomes as many copies of its body, or that must not
// Shared memory:  SHARED(float, tile, [16][17]);         an array of fixed size; its contents are undefined at the start
//                 SHARED_DYNAMIC(float, buffer);         the bytes the launch asks for, 16-byte aligned; one such array a kernel
// Place:          threadIndex() blockThreads() laneIndex() warpIndex() blockIndex() gridBlocks() blockIndexY() gridBlocksY();
//                 a block has one dimension, a grid at most two
// Waiting:        blockBarrier() warpBarrier(): by every thread of the block or warp, at the same place, and none may have returned.
//                 groupBarrier(counter, target): among blocks of a cooperative launch; see below
// Exchange:       shuffleDown(value, distance) shuffleUp(value, distance) shuffleXor(value, mask) shuffleIndex(value, lane)
//                 warpBallot(condition): by all 32 lanes
// Numbers:        fusedMultiplyAdd(a, b, c) multiplyHigh(a, b) floatBits(x) bitsFloat(bits) approximateTanh(x) approximateExp2(x)
//                 approximateReciprocal(x)
//                 toBfloat16(x) fromBfloat16(bits) packBfloat16(low, high) lowBfloat16(pair) highBfloat16(pair) toTf32(x)
//                 toTf32Factor(x)
// Matrices:       mmaBfloat16(accumulator, a, b) mmaTf32(accumulator, a, b) loadMatrix4(registers, row) loadMatrix4Transposed(...)
//                 loadMatrix2(...) loadMatrix2Transposed(...)
// Memory:         loadFresh(pointer) storeFresh(pointer, value): past the first-level cache, for what blocks exchange in one launch
//                 copyAsync16(shared, global) copyAsync16OrZero(shared, global, inside)
//                 copyAsyncCommit() copyAsyncWait<groups>()
//                 atomicAddInteger(pointer, value): returns the value before; integers only, so that results repeat
// Checks:         REQUIRE(condition): a fault under emulation; nothing under nvcc
#pragma once

#ifdef LEVIN_EMULATION
#include "device.h"
#else

#define KERNEL(name, threads, ...) extern "C" __global__ void __launch_bounds__(threads) name(__VA_ARGS__)
#define RESIDENT_KERNEL(name, threads, blocks, ...) extern "C" __global__ void __launch_bounds__(threads, blocks) name(__VA_ARGS__)
#define DEVICE static __device__ __forceinline__
#define UNROLLED _Pragma("unroll")
#define ROLLED _Pragma("unroll 1")
#define SHARED(type, name, dimensions) __shared__ __align__(16) type name dimensions
#define SHARED_DYNAMIC(type, name)                                 \
  extern __shared__ __align__(16) unsigned char levinDynamicShared[]; \
  type* const name = reinterpret_cast<type*>(levinDynamicShared)
#define REQUIRE(condition) ((void)0)

// ---- Place ----

DEVICE int threadIndex() { return static_cast<int>(threadIdx.x); }
DEVICE int blockThreads() { return static_cast<int>(blockDim.x); }
DEVICE int laneIndex() { return static_cast<int>(threadIdx.x & 31u); }
DEVICE int warpIndex() { return static_cast<int>(threadIdx.x >> 5); }
DEVICE int blockIndex() { return static_cast<int>(blockIdx.x); }
DEVICE int gridBlocks() { return static_cast<int>(gridDim.x); }
DEVICE int blockIndexY() { return static_cast<int>(blockIdx.y); }
DEVICE int gridBlocksY() { return static_cast<int>(gridDim.y); }

// ---- Waiting ----

DEVICE void blockBarrier() { __syncthreads(); }
DEVICE void warpBarrier() { __syncwarp(); }

// One thread announces that its block has come this far. What the block wrote before is visible to whoever sees the new count,
// provided that a blockBarrier() lies between those writes and this call.
DEVICE void groupArrive(unsigned* counter) {
  asm volatile("red.release.gpu.global.add.u32 [%0], 1;" ::"l"(counter) : "memory");
}

// One thread waits until the count has reached the target. The difference is signed, so that the count may wrap around. A relaxed read
// that is followed by a fence is an acquire pattern, as a read that acquires is by itself; but each of those would empty the first-level
// cache, and this waits by many.
DEVICE void groupWait(const unsigned* counter, unsigned target) {
  unsigned count;
  do {
    asm volatile("ld.relaxed.gpu.global.u32 %0, [%1];" : "=r"(count) : "l"(counter) : "memory");
  } while (static_cast<int>(count - target) < 0);
  asm volatile("fence.acq_rel.gpu;" ::: "memory");
}

// A barrier among some blocks of a cooperative launch, called by all threads of each. The counter starts at zero and only grows: the n-th
// barrier (from 1) of a group of B blocks has the target n * B. Data that other blocks wrote before is read by loadFresh or through
// pointers that are not `const __restrict__`, which the compiler might read through a cache that is not coherent.
DEVICE void groupBarrier(unsigned* counter, unsigned target) {
  __syncthreads();
  if (threadIdx.x == 0) {
    groupArrive(counter);
    groupWait(counter, target);
  }
  __syncthreads();
}

// ---- Exchange within a warp: all 32 lanes take part ----

template <typename T>
DEVICE T shuffleDown(T value, int distance) { return __shfl_down_sync(0xffffffffu, value, distance); }
template <typename T>
DEVICE T shuffleUp(T value, int distance) { return __shfl_up_sync(0xffffffffu, value, distance); }
template <typename T>
DEVICE T shuffleXor(T value, int mask) { return __shfl_xor_sync(0xffffffffu, value, mask); }
template <typename T>
DEVICE T shuffleIndex(T value, int lane) { return __shfl_sync(0xffffffffu, value, lane); }
DEVICE unsigned warpBallot(bool condition) { return __ballot_sync(0xffffffffu, condition); }

// ---- Numbers ----

DEVICE float fusedMultiplyAdd(float a, float b, float c) { return __fmaf_rn(a, b, c); }
DEVICE unsigned multiplyHigh(unsigned a, unsigned b) { return __umulhi(a, b); }
DEVICE unsigned floatBits(float value) { return __float_as_uint(value); }
DEVICE float bitsFloat(unsigned bits) { return __uint_as_float(bits); }

// About 11 bits are right; the emulation gives the correctly computed value.
DEVICE float approximateTanh(float x) {
  float y;
  asm("tanh.approx.f32 %0, %1;" : "=f"(y) : "f"(x));
  return y;
}

// About 22 bits are right.
DEVICE float approximateExp2(float x) {
  float y;
  asm("ex2.approx.f32 %0, %1;" : "=f"(y) : "f"(x));
  return y;
}

// At most the last bit is wrong; numbers that are not normal are zeros.
DEVICE float approximateReciprocal(float x) {
  float y;
  asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(x));
  return y;
}

// To bfloat16, to nearest, ties to even; NaN becomes 0x7fff.
DEVICE unsigned short toBfloat16(float value) {
  unsigned short bits;
  asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(bits) : "f"(value));
  return bits;
}

DEVICE float fromBfloat16(unsigned short bits) { return __uint_as_float(static_cast<unsigned>(bits) << 16); }

// Two values in one register; the low half comes first in memory.
DEVICE unsigned packBfloat16(float low, float high) {
  unsigned pair;
  asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(pair) : "f"(high), "f"(low));
  return pair;
}

DEVICE float lowBfloat16(unsigned pair) { return __uint_as_float(pair << 16); }
DEVICE float highBfloat16(unsigned pair) { return __uint_as_float(pair & 0xffff0000u); }

// To TF32 (10 bits of fraction), to nearest, ties away from zero, as bits for mmaTf32; the low 13 bits are zero.
DEVICE unsigned toTf32(float value) {
  unsigned bits;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(value));
  return bits;
}

// The same for what only mmaTf32 gets, which does not look at the low 13 bits: they stay as they come, and of the three instructions of the
// other one is left on newer GPUs. Where half a unit would turn a NaN into a zero, the greater integer is the NaN itself; this holds for the
// only NaN that a GPU computes, 0x7fffffff, and for all but those whose bits are above 0xffffefff.
DEVICE unsigned toTf32Factor(float value) {
  const unsigned half = __float_as_uint(value) + 0x1000u;
  return static_cast<unsigned>(max(static_cast<int>(half), static_cast<int>(__float_as_uint(value))));
}

// ---- Matrices: accumulator += a * b by a warp. With g = lane / 4 and t = lane % 4:
// accumulator [16][8]: {(g, 2t), (g, 2t+1), (g+8, 2t), (g+8, 2t+1)}

// a [16][16]: pairs {(g, 2t..), (g+8, 2t..), (g, 2t+8..), (g+8, 2t+8..)}; b [16][8]: pairs of rows {(2t.., g), (2t+8.., g)}
DEVICE void mmaBfloat16(float (&accumulator)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
      : "+f"(accumulator[0]), "+f"(accumulator[1]), "+f"(accumulator[2]), "+f"(accumulator[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

// a [16][8]: {(g, t), (g+8, t), (g, t+4), (g+8, t+4)}; b [8][8]: {(t, g), (t+4, g)}
DEVICE void mmaTf32(float (&accumulator)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
  asm volatile(
      "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
      : "+f"(accumulator[0]), "+f"(accumulator[1]), "+f"(accumulator[2]), "+f"(accumulator[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

DEVICE unsigned levinSharedAddress(const void* pointer) { return static_cast<unsigned>(__cvta_generic_to_shared(pointer)); }

// Four 8x8 matrices of 16-bit elements from shared memory: lane l gives the address of row l % 8 of matrix l / 8 (16 bytes, aligned);
// register m then holds of matrix m the pair (g, 2t..), or transposed the pair of rows (2t.., g).
DEVICE void loadMatrix4(unsigned (&registers)[4], const void* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];"
               : "=r"(registers[0]), "=r"(registers[1]), "=r"(registers[2]), "=r"(registers[3])
               : "r"(levinSharedAddress(row))
               : "memory");
}

DEVICE void loadMatrix4Transposed(unsigned (&registers)[4], const void* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0,%1,%2,%3}, [%4];"
               : "=r"(registers[0]), "=r"(registers[1]), "=r"(registers[2]), "=r"(registers[3])
               : "r"(levinSharedAddress(row))
               : "memory");
}

// Two matrices: the addresses of lanes 0 to 15 count; the others give any aligned address in shared memory.
DEVICE void loadMatrix2(unsigned (&registers)[2], const void* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x2.shared.b16 {%0,%1}, [%2];"
               : "=r"(registers[0]), "=r"(registers[1])
               : "r"(levinSharedAddress(row))
               : "memory");
}

DEVICE void loadMatrix2Transposed(unsigned (&registers)[2], const void* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 {%0,%1}, [%2];"
               : "=r"(registers[0]), "=r"(registers[1])
               : "r"(levinSharedAddress(row))
               : "memory");
}

// ---- Memory ----

// T: int, unsigned, float, float2, float4, uint2, uint4, unsigned short.
template <typename T>
DEVICE T loadFresh(const T* pointer) { return __ldcg(pointer); }
template <typename T>
DEVICE void storeFresh(T* pointer, T value) { __stcg(pointer, value); }

// 16 bytes from global to shared memory, both aligned; there after a commit, a wait and a barrier.
DEVICE void copyAsync16(void* shared, const void* global) {
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(levinSharedAddress(shared)), "l"(global) : "memory");
}
// The same, or 16 bytes of zeros where there is nothing inside of a matrix to copy; the address then only has to be aligned.
DEVICE void copyAsync16OrZero(void* shared, const void* global, bool inside) {
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(levinSharedAddress(shared)), "l"(global), "r"(inside ? 16 : 0) : "memory");
}
DEVICE void copyAsyncCommit() { asm volatile("cp.async.commit_group;" ::: "memory"); }
// Waits until at most so many of this thread's latest committed groups are under way.
template <int groups>
DEVICE void copyAsyncWait() { asm volatile("cp.async.wait_group %0;" ::"n"(groups) : "memory"); }

template <typename T>
DEVICE T atomicAddInteger(T* pointer, T value) { return atomicAdd(pointer, value); }

#endif
