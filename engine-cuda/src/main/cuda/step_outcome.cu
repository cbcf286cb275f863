// What a step measured, and whether it may update the parameters.
#include "block_sum.h"
#include "step.h"
#include "strided_sum.h"

DEVICE double sumOf(double (&sums)[SUM_THREADS], const double* values, int count) {
  int own = (count - threadIndex() + SUM_THREADS - 1) / SUM_THREADS;
  return blockSum(sums, stridedSum(values + threadIndex(), own, SUM_THREADS));
}

// Adds up losses [tokens] and the second stage of the norm, partials [chunks]; one block.
KERNEL(stepOutcome, 256, StepOutcome* outcome, const double* losses, int tokens, const double* partials, int chunks,
       const StepValues* step) {
  SHARED(double, sums, [SUM_THREADS]);
  double loss = sumOf(sums, losses, tokens);
  blockBarrier();  // all have read the first result
  double norm = sqrt(sumOf(sums, partials, chunks));
  if (threadIndex() == 0) {
    // Keeps the clipping factor finite for a gradient of zero, as PyTorch does.
    double scale = step->clipNorm / (norm + 1e-6);
    outcome->lossSum = loss;
    outcome->gradientNorm = norm;
    outcome->scale = scale < 1 ? scale : 1;
    outcome->finite = loss - loss == 0 && norm - norm == 0 ? 1 : 0;
  }
}

// Adds up losses [tokens] alone; one block.
KERNEL(lossSum, 256, StepOutcome* outcome, const double* losses, int tokens) {
  SHARED(double, sums, [SUM_THREADS]);
  double loss = sumOf(sums, losses, tokens);
  if (threadIndex() == 0) {
    outcome->lossSum = loss;
  }
}
