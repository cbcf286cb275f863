#!/usr/bin/env bash
# Compiles the CUDA kernels to the PTX that is checked in, so that who has no nvcc builds the engine too.
#
#   engine-cuda/.build/ptx.sh          compiles src/main/cuda and overwrites kernels.ptx and kernels.sha256 among the resources
#   engine-cuda/.build/ptx.sh check    compiles and compares with what is checked in, and fails if a kernel spills registers;
#                                    target/ptx/ptxas-*.log tell how many each takes
set -euo pipefail
cd "$(dirname "$0")/.."

sources=src/main/cuda
resources=src/main/resources/org/levin/engine/cuda/kernel
work=target/ptx

fail() {
  echo "ptx.sh: $*" >&2
  exit 1
}

# Of every source in the order of their names: the name, a line feed, the contents.
digest() {
  (cd "$sources" && for file in $(LC_ALL=C ls ./*.cu ./*.h); do echo "${file#./}"; cat "$file"; done) | sha256sum | cut -d ' ' -f 1
}

mkdir -p "$work" "$resources"
(cd "$sources" && for file in $(LC_ALL=C ls ./*.cu); do echo "#include \"${file#./}\""; done) >"$work/kernels.cu"
# What is fused is written so: a product that the compiler fused with a sum would round otherwise than on the CPU.
nvcc -ptx -arch=compute_80 -std=c++17 -fmad=false -Werror all-warnings -I "$sources" -o "$work/kernels.ptx" "$work/kernels.cu"
# nvcc would name it after the folder, and the same sources would not give the same text elsewhere.
if grep -q '_INTERNAL_' "$work/kernels.ptx"; then
  fail "shared memory is declared in a function, rather than in the kernel: $(grep -m 1 '_INTERNAL_' "$work/kernels.ptx")"
fi
for device in sm_80 sm_86 sm_90; do
  log=$work/ptxas-$device.log
  ptxas -v -arch=$device -o /dev/null "$work/kernels.ptx" >"$log" 2>&1 || fail "ptxas refuses it: $(cat "$log")"
  if grep -q ' [1-9][0-9]* bytes spill' "$log"; then
    fail "a kernel spills registers on $device: $(cat "$log")"
  fi
done

case "${1:-write}" in
  write)
    cp "$work/kernels.ptx" "$resources/kernels.ptx"
    digest >"$resources/kernels.sha256"
    ;;
  check)
    [ "$(digest)" = "$(cat "$resources/kernels.sha256")" ] || fail "the kernels have changed: run engine-cuda/.build/ptx.sh"
    # Another release of nvcc may write another text.
    if [ "$(grep Cuda "$work/kernels.ptx")" = "$(grep Cuda "$resources/kernels.ptx")" ]; then
      cmp "$work/kernels.ptx" "$resources/kernels.ptx" || fail "kernels.ptx is not what nvcc makes: run engine-cuda/.build/ptx.sh"
    fi
    ;;
  *) fail "no such command: $1" ;;
esac
