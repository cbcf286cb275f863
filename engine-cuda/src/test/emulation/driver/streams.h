// Streams, events and graphs: what was asked for, in order, and when it is done. An operation of a stream runs sometime between the call
// that enqueues it and the one that waits for it, so that a host which forgets to wait, or reuses its buffer too early, is found out.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "failure.h"

namespace levin::emulation {

struct Operation {
  // Empty if it is ready whenever its turn comes.
  std::function<bool()> ready;
  std::function<void()> run;
};

// The nodes in the order in which they were captured, which honors all dependencies.
struct Graph {
  std::vector<Operation> operations;
};

struct GraphExecution {
  std::shared_ptr<const std::vector<Operation>> operations;
};

struct Stream {
  bool blocking = true;
  std::deque<Operation> queue;
  // What this stream's operations are captured into, or null; and whether the capture began here.
  Graph* capture = nullptr;
  bool captureOrigin = false;
};

struct Event {
  std::uint64_t recorded = 0;
  std::uint64_t done = 0;
  std::chrono::steady_clock::time_point time;
  // Set if the last record was captured.
  Graph* capture = nullptr;
};

// Null is the default stream, which waits for all blocking streams, and runs at once.
void enqueue(Stream* stream, Operation operation);
void finish(Stream* stream);
void finish(const Event& event);
void finishAll();
// Throws Failure if a stream captures, since what would wait cannot be part of a graph.
void refuseDuringCapture(const char* what);

}  // namespace levin::emulation
