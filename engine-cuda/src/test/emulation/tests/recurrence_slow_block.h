// A copy that one block of a group does long after the others.
#pragma once
#include "kernel.h"

DEVICE void copyLate16(void* shared, const void* global) {
  for (int i = 0; blockIndex() == 0 && i < 1000; i++) {
    loadFresh(static_cast<const unsigned*>(global));  // others come in between
  }
  copyAsync16(shared, global);
}
