// The kernels that write as they are, for tests of their own.
#include "write_layer.cu"
#include "write_logits.cu"
