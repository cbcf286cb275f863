#!/usr/bin/env bash
# Compiles the CUDA kernels for the CPU, with a driver that runs them there: target/emulation/libcuda.so.1, for tests without a GPU.
#
#   emulation.sh                builds the library
#   emulation.sh test           builds and runs the emulation's own tests
#   emulation.sh <what> --undefined  the same with the sanitizer of undefined behavior, in a directory of its own
#
# Exits with 3, and says so, if there is no g++. CXX names another compiler that takes its options.
set -euo pipefail

module=$(cd "$(dirname "$0")/.." && pwd)
emulation=$module/src/test/emulation
kernels=$module/src/main/cuda
compiler=${CXX:-g++}
what=library
output=$module/target/emulation
options=(-std=c++17 -O2 -g1 -fPIC -ffp-contract=off -fvisibility=hidden -pthread -Wall -Wextra -Werror -DLEVIN_EMULATION)
linking=(-pthread)

for argument in "$@"; do
  case $argument in
    test) what=test ;;
    library) what=library ;;
    --undefined)
      output=$module/target/emulation-undefined
      # Null pointers and divisions by zero end as signals, for which the emulation names kernel and thread.
      options+=(-O1 -fsanitize=undefined -fno-sanitize=null,integer-divide-by-zero -fno-sanitize-recover=undefined)
      linking+=(-fsanitize=undefined)
      ;;
    *)
      echo "unknown argument: $argument" >&2
      exit 2
      ;;
  esac
done

if ! command -v "$compiler" > /dev/null; then
  echo "no g++"
  exit 3
fi

# Fused multiply-add in hardware, where there is one: fmaf gives the same bits either way, but the function is slow.
if grep -qw fma /proc/cpuinfo 2> /dev/null; then
  options+=(-mfma)
fi

shopt -s nullglob
headers=("$emulation"/*.h "$emulation"/*/*.h "$kernels"/*.h)
mkdir -p "$output/objects"

# An object is as good as its source, all headers and this script, options included.
compile() {
  local source=$1
  local object=$output/objects/$2.o
  local newest
  if [[ -f $object ]]; then
    newest=$(find "$source" "${headers[@]}" "$0" -newer "$object" -print -quit)
    if [[ -z $newest ]]; then
      return 0
    fi
  fi
  "$compiler" "${options[@]}" -I "$emulation" -I "$kernels" -x c++ -c "$source" -o "$object.part"
  mv "$object.part" "$object"
}

# Compiles those sources, two at a time, and sets `objects` to what came out.
objects=()
compile_all() {
  local kind=$1
  shift
  local source name process processes=()
  for source in "$@"; do
    name=$kind-$(basename "$source" | tr . -)
    objects+=("$output/objects/$name.o")
    compile "$source" "$name" &
    processes+=($!)
    if ((${#processes[@]} >= 2)); then
      wait "${processes[0]}"
      processes=("${processes[@]:1}")
    fi
  done
  for process in ${processes[@]+"${processes[@]}"}; do
    wait "$process"
  done
}

compile_all runtime "$emulation"/runtime/*.cpp
compile_all driver "$emulation"/driver/*.cpp
if [[ $what == test ]]; then
  compile_all tests "$emulation"/tests/*.cu "$emulation"/tests/*.cpp
  "$compiler" "${linking[@]}" "${objects[@]}" -o "$output/emulation-test"
  # The same sources must go through nvcc, and the driver must agree with the PTX that comes out.
  ptx=-
  if command -v nvcc > /dev/null; then
    ptx=$output/tests.ptx
    for source in "$emulation"/tests/*.cu; do
      nvcc -arch=compute_80 -std=c++17 -ptx -I "$kernels" "$source" -o "$output/$(basename "$source" .cu).ptx"
    done
    cat "$output"/{blocks,warps,groups,products,products_wrong,recurrence,recurrence_one_step,recurrence_slow,recurrence_too_early,writing}.ptx > "$ptx"
  fi
  exec "$output/emulation-test" "$ptx"
fi
compile_all kernels "$kernels"/*.cu
"$compiler" -shared "${linking[@]}" -Wl,-soname,libcuda.so.1 -Wl,-z,defs "${objects[@]}" -o "$output/libcuda.so.1.part"
mv "$output/libcuda.so.1.part" "$output/libcuda.so.1"
echo "$output/libcuda.so.1"
