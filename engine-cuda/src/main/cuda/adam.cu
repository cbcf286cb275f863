// Clipping and Adam, in one pass over the parameters.
#include "step.h"

// values, first and second [count] are updated, unless the step was not finite.
KERNEL(adam, 256, float* values, float* first, float* second, const float* gradients, const StepOutcome* outcome, const StepValues* step,
       int count) {
  size_t index = static_cast<size_t>(blockIndex()) * blockThreads() + threadIndex();
  if (index >= static_cast<size_t>(count) || outcome->finite == 0) {
    return;
  }
  float g = gradients[index] * static_cast<float>(outcome->scale);
  float m = fusedMultiplyAdd(first[index], step->beta1, g * step->oneMinusBeta1);
  float v = fusedMultiplyAdd(second[index], step->beta2, g * g * step->oneMinusBeta2);
  first[index] = m;
  second[index] = v;
  values[index] -= step->stepSize * m / fusedMultiplyAdd(sqrtf(v), step->secondScale, step->epsilon);
}
