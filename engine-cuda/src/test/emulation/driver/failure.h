// How the emulation's own code gives up; the driver's functions turn it into their result.
#pragma once

#include <string>

#include "types.h"

namespace levin::emulation {

struct Failure {
  Result result;
  // For the standard error stream; nothing is printed if it is empty.
  std::string message;
};

}  // namespace levin::emulation
