// Compiles the recurrence on tensor cores once more, with whatever macros are defined: kernels are renamed as NAMED says, the namespace as
// RENAMED. What is wrong may be in recurrent_exchange.h or in the kernels' own sources.
#include "recurrent_tensor.h"

namespace RENAMED {
using namespace tensorRecurrent;
}
#define tensorRecurrent RENAMED
#define recurrentForwardTf32 NAMED(recurrentForwardTf32)
#define recurrentForwardBf16 NAMED(recurrentForwardBf16)
#define recurrentForwardBf16Narrow NAMED(recurrentForwardBf16Narrow)
#define recurrentBackwardTf32 NAMED(recurrentBackwardTf32)
#define recurrentBackwardBf16 NAMED(recurrentBackwardBf16)
#define recurrentBackwardBf16Narrow NAMED(recurrentBackwardBf16Narrow)
#include "recurrent_backward_tensor.cu"
#include "recurrent_forward_tensor.cu"
