// The products on tensor cores as they are.
#include "product_tf32.cu"
#include "product_bf16.cu"
#include "add_slices.cu"
