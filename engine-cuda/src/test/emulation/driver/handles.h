// The objects that the driver has given out, so that a dead or made-up handle is refused.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "module.h"
#include "streams.h"

namespace levin::emulation {

template <typename T>
class Handles {
 public:
  explicit Handles(const char* name) : name_(name) {}

  T* add(std::unique_ptr<T> object) {
    living_.push_back(object.get());
    return object.release();
  }

  // Throws Failure unless it lives.
  T& require(void* handle) const {
    for (T* const object : living_) {
      if (object == handle) {
        return *object;
      }
    }
    throw Failure{invalidHandle, std::string("no living ") + name_};
  }

  void remove(void* handle) {
    T* const object = &require(handle);
    for (std::size_t index = 0; index < living_.size(); index++) {
      if (living_[index] == object) {
        living_.erase(living_.begin() + static_cast<std::ptrdiff_t>(index));
        break;
      }
    }
    delete object;
  }

  void removeAll() {
    for (T* const object : living_) {
      delete object;
    }
    living_.clear();
  }

  // In the order in which they were made, which no address decides.
  const std::vector<T*>& living() const { return living_; }

 private:
  const char* name_;
  std::vector<T*> living_;
};

Handles<Stream>& streams();
Handles<Event>& events();
Handles<Graph>& graphs();
Handles<GraphExecution>& graphExecutions();
Handles<Module>& modules();
void forgetHandles();

// The stream by its handle; null for the default stream.
Stream* streamOf(void* handle);
// The function by its handle.
Function& functionOf(void* handle);

}  // namespace levin::emulation
