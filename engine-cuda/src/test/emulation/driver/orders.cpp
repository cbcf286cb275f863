// The driver's functions for streams, events and graphs.
#include "call.h"
#include "handles.h"
#include "memory.h"

using namespace levin::emulation;

namespace {

void refuseCapturing(const Stream* stream, const char* what) {
  if (stream != nullptr && stream->capture != nullptr) {
    throw Failure{streamCaptureUnsupported, std::string(what) + " of a stream that captures"};
  }
}

void record(Event& event, Stream* stream) {
  event.capture = stream == nullptr ? nullptr : stream->capture;
  if (event.capture != nullptr) {
    // Within a graph the order of capture stands for the event.
    return;
  }
  const std::uint64_t number = ++event.recorded;
  Event* const recorded = &event;
  enqueue(stream, {nullptr, [recorded, number] {
    for (const Event* const living : events().living()) {
      if (living == recorded) {
        recorded->done = number;
        recorded->time = std::chrono::steady_clock::now();
      }
    }
  }});
}

void wait(Stream* stream, Event& event) {
  if (event.capture != nullptr) {
    if (stream == nullptr || (stream->capture != nullptr && stream->capture != event.capture)) {
      throw Failure{streamCaptureIsolation, "a stream outside of the capture waits for an event within"};
    }
    stream->capture = event.capture;
    return;
  }
  if (stream != nullptr && stream->capture != nullptr) {
    throw Failure{streamCaptureIsolation, "a stream that captures waits for an event outside of the capture"};
  }
  Event* const awaited = &event;
  const std::uint64_t number = event.recorded;
  if (stream == nullptr) {
    finish(event);
  } else {
    enqueue(stream, {[awaited, number] {
      for (const Event* const living : events().living()) {
        if (living == awaited) {
          return awaited->done >= number;
        }
      }
      return true;
    }, [] {}});
  }
}

void instantiate(void** execution, void* graph) {
  auto made = std::make_unique<GraphExecution>();
  made->operations = std::make_shared<const std::vector<Operation>>(graphs().require(graph).operations);
  *execution = graphExecutions().add(std::move(made));
}

}  // namespace

DRIVER int cuStreamCreate(void** stream, unsigned flags) {
  return call("cuStreamCreate", Needs::context, [&] {
    auto made = std::make_unique<Stream>();
    made->blocking = (flags & 1u) == 0;
    *stream = streams().add(std::move(made));
  });
}

DRIVER int cuStreamDestroy_v2(void* stream) {
  return call("cuStreamDestroy_v2", Needs::context, [&] {
    finish(&streams().require(stream));
    streams().remove(stream);
  });
}

DRIVER int cuStreamSynchronize(void* handle) {
  return call("cuStreamSynchronize", Needs::context, [&] {
    Stream* const stream = streamOf(handle);
    refuseCapturing(stream, "cuStreamSynchronize");
    finish(stream);
    memory().checkRedZones();
  });
}

DRIVER int cuStreamQuery(void* handle) {
  return call("cuStreamQuery", Needs::context, [&] {
    Stream* const stream = streamOf(handle);
    refuseCapturing(stream, "cuStreamQuery");
    finish(stream);
  });
}

DRIVER int cuStreamWaitEvent(void* stream, void* event, unsigned) {
  return call("cuStreamWaitEvent", Needs::context, [&] { wait(streamOf(stream), events().require(event)); });
}

DRIVER int cuStreamBeginCapture_v2(void* handle, int) {
  return call("cuStreamBeginCapture_v2", Needs::context, [&] {
    Stream* const stream = streamOf(handle);
    if (stream == nullptr) {
      throw Failure{streamCaptureUnsupported, "the default stream cannot capture"};
    }
    refuseCapturing(stream, "a second capture");
    stream->capture = graphs().add(std::make_unique<Graph>());
    stream->captureOrigin = true;
  });
}

DRIVER int cuStreamEndCapture(void* handle, void** graph) {
  return call("cuStreamEndCapture", Needs::context, [&] {
    Stream* const stream = streamOf(handle);
    if (stream == nullptr || stream->capture == nullptr || !stream->captureOrigin) {
      throw Failure{streamCaptureUnmatched, "the capture did not begin in this stream"};
    }
    Graph* const captured = stream->capture;
    for (Stream* const other : streams().living()) {
      if (other->capture == captured) {
        other->capture = nullptr;
      }
    }
    for (Event* const event : events().living()) {
      if (event->capture == captured) {
        event->capture = nullptr;
      }
    }
    stream->captureOrigin = false;
    *graph = captured;
  });
}

DRIVER int cuStreamIsCapturing(void* handle, int* status) {
  return call("cuStreamIsCapturing", Needs::context, [&] {
    const Stream* const stream = streamOf(handle);
    *status = stream != nullptr && stream->capture != nullptr ? 1 : 0;
  });
}

DRIVER int cuEventCreate(void** event, unsigned) {
  return call("cuEventCreate", Needs::context, [&] { *event = events().add(std::make_unique<Event>()); });
}

DRIVER int cuEventRecord(void* event, void* stream) {
  return call("cuEventRecord", Needs::context, [&] { record(events().require(event), streamOf(stream)); });
}

DRIVER int cuEventSynchronize(void* event) {
  return call("cuEventSynchronize", Needs::context, [&] { finish(events().require(event)); });
}

DRIVER int cuEventQuery(void* event) {
  return call("cuEventQuery", Needs::context, [&] { finish(events().require(event)); });
}

DRIVER int cuEventElapsedTime(float* milliseconds, void* start, void* end) {
  return call("cuEventElapsedTime", Needs::context, [&] {
    const Event& first = events().require(start);
    const Event& last = events().require(end);
    if (first.recorded == 0 || last.recorded == 0) {
      throw Failure{invalidHandle, "the time of an event that was never recorded"};
    }
    if (first.done < first.recorded || last.done < last.recorded) {
      throw Failure{notReady, "the time of an event that has not come"};
    }
    *milliseconds = std::chrono::duration<float, std::milli>(last.time - first.time).count();
  });
}

DRIVER int cuEventDestroy_v2(void* event) {
  return call("cuEventDestroy_v2", Needs::context, [&] { events().remove(event); });
}

DRIVER int cuGraphInstantiateWithFlags(void** execution, void* graph, unsigned long long) {
  return call("cuGraphInstantiateWithFlags", Needs::context, [&] { instantiate(execution, graph); });
}

DRIVER int cuGraphInstantiate_v2(void** execution, void* graph, void** errorNode, char* log, std::size_t logSize) {
  return call("cuGraphInstantiate_v2", Needs::context, [&] {
    if (errorNode != nullptr) {
      *errorNode = nullptr;
    }
    if (logSize > 0) {
      *log = '\0';
    }
    instantiate(execution, graph);
  });
}

DRIVER int cuGraphLaunch(void* execution, void* stream) {
  return call("cuGraphLaunch", Needs::context, [&] {
    const auto operations = graphExecutions().require(execution).operations;
    enqueue(streamOf(stream), {nullptr, [operations] {
      for (const Operation& operation : *operations) {
        operation.run();
      }
    }});
  });
}

DRIVER int cuGraphExecDestroy(void* execution) {
  return call("cuGraphExecDestroy", Needs::context, [&] { graphExecutions().remove(execution); });
}

DRIVER int cuGraphDestroy(void* graph) {
  return call("cuGraphDestroy", Needs::context, [&] { graphs().remove(graph); });
}
