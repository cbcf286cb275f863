// Words for places and for what threads wait for.
#pragma once

#include <string>

#include "scheduler.h"

namespace levin::emulation {

std::string described(Site site);
std::string described(const Launch& launch, const Block& block);
std::string described(const Launch& launch, const Thread& thread);
// Why no thread of these blocks can go on.
std::string describedDeadlock(const Launch& launch, const std::unique_ptr<Block>* blocks, int count);

}  // namespace levin::emulation
