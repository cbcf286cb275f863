// What a step of training is told; the host writes it before the kernels run, so that their arguments are the same in every step.
#pragma once
#include "kernel.h"

struct StepValues {
  unsigned long long seed;
  unsigned long long threshold;  // the least random word that keeps a unit
  double clipNorm;
  unsigned number;  // of the step
  float keepScale;  // 1/(1-p)
  // Adam: m = m*beta1 + g*oneMinusBeta1, v = v*beta2 + g*g*oneMinusBeta2, w -= stepSize*m / (sqrt(v)*secondScale + epsilon)
  float beta1;
  float oneMinusBeta1;
  float beta2;
  float oneMinusBeta2;
  float stepSize;
  float secondScale;
  float epsilon;
};

// What a step measured.
struct StepOutcome {
  double lossSum;       // over the tokens, in nats
  double gradientNorm;  // before clipping
  double scale;         // the clipping factor
  double finite;        // 1 if the step may update the parameters, or else 0
};
