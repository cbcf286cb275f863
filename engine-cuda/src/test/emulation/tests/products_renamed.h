// Compiles the products once more, with namespaces and kernels renamed as NAMED says, which is forgotten again.
#undef LEVIN_PRODUCT_STAGES
#undef TENSOR_PRODUCT
#define productStages NAMED(productStages)
#define tf32 NAMED(tf32)
#define bf16 NAMED(bf16)
#define productTf32 NAMED(productTf32)
#define productTf32Small NAMED(productTf32Small)
#define productLeftTransposedTf32 NAMED(productLeftTransposedTf32)
#define productLeftTransposedTf32Small NAMED(productLeftTransposedTf32Small)
#define productRightTransposedTf32 NAMED(productRightTransposedTf32)
#define productRightTransposedTf32Small NAMED(productRightTransposedTf32Small)
#define productBf16 NAMED(productBf16)
#define productBf16Small NAMED(productBf16Small)
#define productLeftTransposedBf16 NAMED(productLeftTransposedBf16)
#define productLeftTransposedBf16Small NAMED(productLeftTransposedBf16Small)
#define productRightTransposedBf16 NAMED(productRightTransposedBf16)
#define productRightTransposedBf16Small NAMED(productRightTransposedBf16Small)
#include "product_bf16.cu"
#include "product_tf32.cu"
#undef productTf32
#undef productTf32Small
#undef productLeftTransposedTf32
#undef productLeftTransposedTf32Small
#undef productRightTransposedTf32
#undef productRightTransposedTf32Small
#undef productBf16
#undef productBf16Small
#undef productLeftTransposedBf16
#undef productLeftTransposedBf16Small
#undef productRightTransposedBf16
#undef productRightTransposedBf16Small
#undef productStages
#undef tf32
#undef bf16
#undef NAMED
