// The persistent kernels as they are, for tests of their own.
#include "recurrent_backward.cu"
#include "recurrent_backward_tensor.cu"
#include "recurrent_forward.cu"
#include "recurrent_forward_tensor.cu"
