// The persistent kernels as they are, for tests of their own.
#include "recurrent_backward.cu"
#include "recurrent_backward_tf32.cu"
#include "recurrent_forward.cu"
#include "recurrent_forward_tf32.cu"
