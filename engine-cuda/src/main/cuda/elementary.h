// Elementary functions as chains of correctly rounded operations: the polynomials of the CPU engine, operation by operation, so that
// both give the same bits. Exp is within 2 units in the last place of the exact value, tanh and sigmoid within 3.
#pragma once
#include "kernel.h"

// e^x - subtrahend with one rounding at the end; x is clamped to where e^x is a normal number, or to a lesser value, and NaN passes.
DEVICE float exponentialMinus(float x, float subtrahend, float greatest) {
  float clamped = x < -87.0f ? -87.0f : x > greatest ? greatest : x;
  const float rounder = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer, which then stands in the low bits
  float shifted = fusedMultiplyAdd(clamped, 1.44269504f, rounder);
  float n = shifted - rounder;
  float r = fusedMultiplyAdd(n, 2.12194440e-4f, fusedMultiplyAdd(n, -0.693359375f, clamped));
  float p = fusedMultiplyAdd(1.9875691500e-4f, r, 1.3981999507e-3f);
  p = fusedMultiplyAdd(p, r, 8.3334519073e-3f);
  p = fusedMultiplyAdd(p, r, 4.1665795894e-2f);
  p = fusedMultiplyAdd(p, r, 1.6666665459e-1f);
  p = fusedMultiplyAdd(p, r, 5.0000001201e-1f);
  p = fusedMultiplyAdd(p, r * r, r);
  float power = bitsFloat((floatBits(shifted) << 23) + 0x3f800000u);
  return fusedMultiplyAdd(p, power, power - subtrahend);
}

DEVICE float exponential(float x) { return exponentialMinus(x, 0.0f, 88.0f); }

// 1 / x, correctly rounded, for x from 2^-125 to 2^125: how the compiler makes it of the same approximation, but without its question whether
// x is such a number; so it is right where the compiler is. What is between two questions cannot be mixed with what follows, so that a cell's five quotients would wait for each other.
DEVICE float reciprocal(float x) {
  float near = approximateReciprocal(x);
  return fusedMultiplyAdd(fusedMultiplyAdd(-x, near, 1.0f), near, near);
}

// 1 / (1 + e^-x). The sum is below 2^127, a quarter of it is what reciprocal() takes, and the quotient may be less than normal numbers are;
// then a second rounding would show, so that the last step begins at what remains. Every possible sum was tried, with exact reciprocals.
DEVICE float sigmoid(float x) {
  float sum = exponentialMinus(-x, 1.0f, 88.0f) + 2.0f;
  float four = reciprocal(0.25f * sum);
  float near = 0.25f * four;
  return fusedMultiplyAdd(0.25f * fusedMultiplyAdd(-sum, near, 1.0f), four, near);
}

// t / (t + 2) with t = e^2x - 1, which is 1 from t = 2^25 on. Every t below 2^64 was tried.
DEVICE float hyperbolicTangent(float x) {
  float t = exponentialMinus(x + x, 1.0f, 44.0f);
  float sum = t + 2.0f;
  float inverse = reciprocal(sum);
  float near = t * inverse;
  return fusedMultiplyAdd(fusedMultiplyAdd(-sum, near, t), inverse, near);
}
