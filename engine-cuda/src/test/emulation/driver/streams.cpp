#include "streams.h"

#include "call.h"
#include "handles.h"

namespace levin::emulation {

namespace {

// Runs one operation of a random stream that has one which is ready; false if there is none.
bool step() {
  std::vector<Stream*> candidates;
  for (Stream* const stream : streams().living()) {
    if (!stream->queue.empty() && (!stream->queue.front().ready || stream->queue.front().ready())) {
      candidates.push_back(stream);
    }
  }
  if (candidates.empty()) {
    return false;
  }
  Stream* const chosen = candidates[driverRandom().below(static_cast<std::uint32_t>(candidates.size()))];
  const Operation operation = std::move(chosen->queue.front());
  chosen->queue.pop_front();
  operation.run();
  return true;
}

template <typename Done>
void stepUntil(Done done) {
  while (!done()) {
    if (!step()) {
      throw Failure{launchFailed, "streams wait for each other, or for an event that nobody records"};
    }
  }
}

void finishBlocking() {
  stepUntil([] {
    for (const Stream* const stream : streams().living()) {
      if (stream->blocking && !stream->queue.empty()) {
        return false;
      }
    }
    return true;
  });
}

}  // namespace

void enqueue(Stream* stream, Operation operation) {
  if (stream == nullptr) {
    for (const Stream* const other : streams().living()) {
      if (other->blocking && other->capture != nullptr) {
        throw Failure{streamCaptureImplicit, "the default stream is used while a blocking stream captures"};
      }
    }
    finishBlocking();
    operation.run();
    return;
  }
  if (stream->capture != nullptr) {
    stream->capture->operations.push_back(std::move(operation));
    return;
  }
  stream->queue.push_back(std::move(operation));
  if (!settings().deferred) {
    finish(stream);
    return;
  }
  // Neither always at once nor always late.
  if (driverRandom().below(4) == 0) {
    for (std::uint32_t steps = driverRandom().below(8); steps > 0 && step(); steps--) {
    }
  }
}

void finish(Stream* stream) {
  if (stream == nullptr) {
    finishBlocking();
  } else {
    stepUntil([stream] { return stream->queue.empty(); });
  }
}

void finish(const Event& event) {
  const std::uint64_t recorded = event.recorded;
  stepUntil([&event, recorded] { return event.done >= recorded; });
}

void finishAll() {
  stepUntil([] {
    for (const Stream* const stream : streams().living()) {
      if (!stream->queue.empty()) {
        return false;
      }
    }
    return true;
  });
}

void refuseDuringCapture(const char* what) {
  for (const Stream* const stream : streams().living()) {
    if (stream->capture != nullptr) {
      throw Failure{streamCaptureUnsupported, std::string(what) + " while a stream captures"};
    }
  }
}

}  // namespace levin::emulation
