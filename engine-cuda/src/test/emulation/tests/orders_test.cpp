// Streams, events and graphs: what is promised about their order, and that nothing more is.
#include "check.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

DevicePointer address(const void* pointer) { return reinterpret_cast<DevicePointer>(pointer); }

void enqueueIncrement(const Session& session, int* value, void* stream) {
  void* arguments[] = {&value};
  CHECK_SUCCESS(cuLaunchKernel(session.function("increment"), 1, 1, 1, 32, 1, 1, 0, stream, arguments, nullptr));
}

void enqueueScale(const Session& session, float* values, float factor, int count, void* stream) {
  void* arguments[] = {&values, &factor, &count};
  CHECK_SUCCESS(cuLaunchKernel(session.function("scale"), 1, 1, 1, 128, 1, 1, 0, stream, arguments, nullptr));
}

}  // namespace

TEST(aStreamKeepsItsOrder) {
  for (int seed = 1; seed <= 10; seed++) {
    const Session session(seed);
    float* const values = onDevice(std::vector<float>{1, 2, 3});
    CHECK_SUCCESS(cuMemsetD32Async(address(values), 0x40400000u, 3, session.stream));
    enqueueScale(session, values, 0.5f, 2, session.stream);
    CHECK_SUCCESS(cuMemcpyDtoDAsync_v2(address(values + 2), address(values), 4, session.stream));
    enqueueScale(session, values, 4.0f, 3, session.stream);
    CHECK_SUCCESS(cuStreamSynchronize(session.stream));
    CHECK(fromDevice(values, 3) == (std::vector<float>{6, 6, 6}));
  }
}

TEST(whatIsNotWaitedForIsOftenNotDone) {
  int early = 0;
  for (int seed = 1; seed <= 30; seed++) {
    const Session session(seed);
    void* host = nullptr;
    CHECK_SUCCESS(cuMemAllocHost_v2(&host, 4));
    int* const value = onDevice(std::vector<int>{41});
    std::memset(host, 0, 4);
    enqueueIncrement(session, value, session.stream);
    CHECK_SUCCESS(cuMemcpyDtoHAsync_v2(host, address(value), 4, session.stream));
    early += *static_cast<int*>(host) == 42 ? 1 : 0;
    CHECK_SUCCESS(cuStreamSynchronize(session.stream));
    CHECK(*static_cast<int*>(host) == 42);
    CHECK_SUCCESS(cuMemFreeHost(host));
  }
  CHECK(early > 0 && early < 25);
}

TEST(aPinnedBufferThatIsReusedTooEarlyIsFoundOut) {
  int wrong = 0;
  for (int seed = 1; seed <= 30; seed++) {
    const Session session(seed);
    void* host = nullptr;
    CHECK_SUCCESS(cuMemAllocHost_v2(&host, 4));
    int* const value = onDevice(std::vector<int>{0});
    *static_cast<int*>(host) = 7;
    CHECK_SUCCESS(cuMemcpyHtoDAsync_v2(address(value), host, 4, session.stream));
    *static_cast<int*>(host) = 8;
    CHECK_SUCCESS(cuStreamSynchronize(session.stream));
    wrong += fromDevice(value, 1)[0] == 8 ? 1 : 0;
  }
  CHECK(wrong > 5);
}

TEST(memoryThatIsNotPinnedIsReadAtTheCall) {
  const Session session(2);
  int* const value = onDevice(std::vector<int>{0});
  int host = 7;
  CHECK_SUCCESS(cuMemcpyHtoDAsync_v2(address(value), &host, 4, session.stream));
  host = 8;
  CHECK_SUCCESS(cuMemcpyDtoHAsync_v2(&host, address(value), 4, session.stream));
  CHECK(host == 7);
}

TEST(eventsOrderStreamsAndOnlyTheyDo) {
  int wrong = 0;
  for (int ordered = 0; ordered < 2; ordered++) {
    for (int seed = 1; seed <= 20; seed++) {
      const Session session(seed);
      void* other = nullptr;
      void* event = nullptr;
      CHECK_SUCCESS(cuStreamCreate(&other, 1));
      CHECK_SUCCESS(cuEventCreate(&event, 0));
      float* const values = onDevice(std::vector<float>{1});
      CHECK_SUCCESS(cuMemsetD32Async(address(values), 0x40400000u, 1, session.stream));
      CHECK_SUCCESS(cuEventRecord(event, session.stream));
      if (ordered == 1) {
        CHECK_SUCCESS(cuStreamWaitEvent(other, event, 0));
      }
      enqueueScale(session, values, 2.0f, 1, other);
      CHECK_SUCCESS(cuCtxSynchronize());
      const bool right = fromDevice(values, 1)[0] == 6.0f;
      CHECK(right || ordered == 0);
      wrong += right ? 0 : 1;
      CHECK_SUCCESS(cuEventDestroy_v2(event));
      CHECK_SUCCESS(cuStreamDestroy_v2(other));
    }
  }
  CHECK(wrong > 2);
}

TEST(eventsHaveTimes) {
  const Session session;
  void* start = nullptr;
  void* end = nullptr;
  CHECK_SUCCESS(cuEventCreate(&start, 0));
  CHECK_SUCCESS(cuEventCreate(&end, 0));
  int* const value = onDevice(std::vector<int>{0});
  CHECK_SUCCESS(cuEventRecord(start, session.stream));
  enqueueIncrement(session, value, session.stream);
  CHECK_SUCCESS(cuEventRecord(end, session.stream));
  CHECK_SUCCESS(cuEventSynchronize(end));
  float milliseconds = -1.0f;
  CHECK_SUCCESS(cuEventElapsedTime(&milliseconds, start, end));
  CHECK(milliseconds >= 0.0f);
}

TEST(aGraphReplaysWhatWasCaptured) {
  const Session session(3);
  void* host = nullptr;
  CHECK_SUCCESS(cuMemAllocHost_v2(&host, 8));
  float* const values = onDevice(std::vector<float>{0, 0});
  int* const count = onDevice(std::vector<int>{0});
  void* graph = nullptr;
  void* execution = nullptr;
  CHECK_SUCCESS(cuStreamBeginCapture_v2(session.stream, 0));
  CHECK_SUCCESS(cuMemcpyHtoDAsync_v2(address(values), host, 8, session.stream));
  enqueueScale(session, values, 3.0f, 2, session.stream);
  enqueueIncrement(session, count, session.stream);
  CHECK_SUCCESS(cuMemcpyDtoHAsync_v2(host, address(values), 8, session.stream));
  CHECK_SUCCESS(cuStreamEndCapture(session.stream, &graph));
  CHECK_SUCCESS(cuGraphInstantiateWithFlags(&execution, graph, 0));
  CHECK_SUCCESS(cuGraphDestroy(graph));
  // Capturing has done nothing yet.
  CHECK(fromDevice(count, 1)[0] == 0);
  static_cast<float*>(host)[0] = 1.0f;
  static_cast<float*>(host)[1] = 2.0f;
  for (int replay = 0; replay < 3; replay++) {
    CHECK_SUCCESS(cuGraphLaunch(execution, session.stream));
  }
  CHECK_SUCCESS(cuStreamSynchronize(session.stream));
  CHECK(static_cast<float*>(host)[0] == 27.0f && static_cast<float*>(host)[1] == 54.0f);
  CHECK(fromDevice(count, 1)[0] == 3);
  CHECK_SUCCESS(cuGraphExecDestroy(execution));
}

TEST(aCaptureReachesStreamsThatWaitForIt) {
  const Session session;
  void* other = nullptr;
  void* fork = nullptr;
  void* join = nullptr;
  CHECK_SUCCESS(cuStreamCreate(&other, 1));
  CHECK_SUCCESS(cuEventCreate(&fork, 2));
  CHECK_SUCCESS(cuEventCreate(&join, 2));
  int* const first = onDevice(std::vector<int>{0});
  int* const second = onDevice(std::vector<int>{0});
  void* graph = nullptr;
  void* execution = nullptr;
  CHECK_SUCCESS(cuStreamBeginCapture_v2(session.stream, 0));
  CHECK_SUCCESS(cuEventRecord(fork, session.stream));
  CHECK_SUCCESS(cuStreamWaitEvent(other, fork, 0));
  enqueueIncrement(session, first, session.stream);
  enqueueIncrement(session, second, other);
  CHECK_SUCCESS(cuEventRecord(join, other));
  CHECK_SUCCESS(cuStreamWaitEvent(session.stream, join, 0));
  CHECK_SUCCESS(cuStreamEndCapture(session.stream, &graph));
  CHECK_SUCCESS(cuGraphInstantiateWithFlags(&execution, graph, 0));
  CHECK_SUCCESS(cuGraphLaunch(execution, session.stream));
  CHECK_SUCCESS(cuGraphLaunch(execution, session.stream));
  CHECK_SUCCESS(cuStreamSynchronize(session.stream));
  CHECK(fromDevice(first, 1)[0] == 2 && fromDevice(second, 1)[0] == 2);
}

TEST(waitingDuringACaptureIsRefused) {
  const Session session;
  int* const value = onDevice(std::vector<int>{0});
  int host = 0;
  DevicePointer pointer = 0;
  CHECK_SUCCESS(cuStreamBeginCapture_v2(session.stream, 0));
  CHECK_RESULT(streamCaptureUnsupported, cuStreamSynchronize(session.stream));
  CHECK_RESULT(streamCaptureUnsupported, cuMemAlloc_v2(&pointer, 16));
  CHECK_RESULT(streamCaptureUnsupported, cuMemcpyDtoH_v2(&host, address(value), 4));
  // A Java array would have moved by the time the graph runs.
  CHECK_RESULT(streamCaptureUnsupported, cuMemcpyHtoDAsync_v2(address(value), &host, 4, session.stream));
}

TEST(aFaultWithinAGraphIsReportedWhenItIsWaitedFor) {
  const Session session;
  void* graph = nullptr;
  void* execution = nullptr;
  float* values = onDevice(std::vector<float>(8));
  long long index = 8;
  void* arguments[] = {&values, &index};
  CHECK_SUCCESS(cuStreamBeginCapture_v2(session.stream, 0));
  CHECK_SUCCESS(cuLaunchKernel(session.function("writeAt"), 1, 1, 1, 32, 1, 1, 0, session.stream, arguments, nullptr));
  CHECK_SUCCESS(cuStreamEndCapture(session.stream, &graph));
  CHECK_SUCCESS(cuGraphInstantiateWithFlags(&execution, graph, 0));
  const int launched = cuGraphLaunch(execution, session.stream);
  CHECK(launched == success || launched == illegalAddress);
  CHECK_RESULT(illegalAddress, cuStreamSynchronize(session.stream));
}
