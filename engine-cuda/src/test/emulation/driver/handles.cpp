#include "handles.h"

namespace levin::emulation {

Handles<Stream>& streams() {
  static Handles<Stream> handles("stream");
  return handles;
}

Handles<Event>& events() {
  static Handles<Event> handles("event");
  return handles;
}

Handles<Graph>& graphs() {
  static Handles<Graph> handles("graph");
  return handles;
}

Handles<GraphExecution>& graphExecutions() {
  static Handles<GraphExecution> handles("executable graph");
  return handles;
}

Handles<Module>& modules() {
  static Handles<Module> handles("module");
  return handles;
}

void forgetHandles() {
  streams().removeAll();
  events().removeAll();
  graphs().removeAll();
  graphExecutions().removeAll();
  modules().removeAll();
}

Stream* streamOf(void* handle) {
  // 0 and 1 are the default stream that all threads share; 2 is the calling thread's own.
  if (handle == nullptr || handle == reinterpret_cast<void*>(1)) {
    return nullptr;
  }
  if (handle == reinterpret_cast<void*>(2)) {
    throw Failure{notSupported, "default streams per thread are not emulated"};
  }
  return &streams().require(handle);
}

Function& functionOf(void* handle) {
  for (Module* const module : modules().living()) {
    for (const auto& function : module->functions) {
      if (function.get() == handle) {
        return *function;
      }
    }
  }
  throw Failure{invalidHandle, "no function of a living module"};
}

}  // namespace levin::emulation
