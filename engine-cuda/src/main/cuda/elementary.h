// Elementary functions as chains of correctly rounded operations: the polynomials of the CPU engine, operation by operation, so that
// both give the same bits. Exp is within 2 units in the last place of the exact value, tanh and sigmoid within 3.
#pragma once
#include "kernel.h"

// e^x - subtrahend with one rounding at the end; x is clamped to where e^x is a normal number, and NaN passes.
DEVICE float exponentialMinus(float x, float subtrahend) {
  float clamped = x < -87.0f ? -87.0f : x > 88.0f ? 88.0f : x;
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

DEVICE float exponential(float x) { return exponentialMinus(x, 0.0f); }

DEVICE float sigmoid(float x) { return 1.0f / (exponentialMinus(-x, 1.0f) + 2.0f); }

DEVICE float hyperbolicTangent(float x) {
  float t = exponentialMinus(x + x, 1.0f);
  return t / (t + 2.0f);
}
