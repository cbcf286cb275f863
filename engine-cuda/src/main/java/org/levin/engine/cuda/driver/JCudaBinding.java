package org.levin.engine.cuda.driver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jcuda.Pointer;
import jcuda.driver.CUcomputemode;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/**
 * The driver through JCuda. Return codes are checked here: JCuda's own exceptions are a switch for
 * the whole JVM, which is not a library's to turn.
 */
final class JCudaBinding implements CudaDriver {
  private static final int NAME_LENGTH = 256;

  /** Loads the driver, and initializes it. */
  JCudaBinding() {
    check(JCudaDriver.cuInit(0), () -> "cuInit");
  }

  private record Module(CUmodule handle) implements CudaModule {}

  private record Function(CUfunction handle, String name) implements CudaFunction {}

  private record Stream(CUstream handle) implements CudaStream {}

  private record Graph(CUgraphExec handle) implements CudaGraph {}

  /** A place in host memory. */
  private static final class HostPointer extends Pointer {
    HostPointer(long address) {
      super(address);
    }
  }

  /** Page-locked memory, as JCuda makes it. */
  private static final class LockedPointer extends Pointer {
    long address() {
      return getNativePointer();
    }
  }

  /** Device memory, as JCuda makes it. */
  private static final class Allocation extends CUdeviceptr {
    long address() {
      return getNativePointer();
    }
  }

  @Override
  public int version() {
    int[] version = new int[1];
    check(JCudaDriver.cuDriverGetVersion(version), () -> "cuDriverGetVersion");
    return version[0];
  }

  @Override
  public List<CudaDevice> devices() {
    int[] count = new int[1];
    check(JCudaDriver.cuDeviceGetCount(count), () -> "cuDeviceGetCount");
    List<CudaDevice> devices = new ArrayList<>();
    for (int ordinal = 0; ordinal < count[0]; ordinal++) {
      devices.add(device(ordinal));
    }
    return devices;
  }

  private static CudaDevice device(int ordinal) {
    CUdevice handle = handle(ordinal);
    byte[] name = new byte[NAME_LENGTH];
    check(
        JCudaDriver.cuDeviceGetName(name, name.length, handle),
        () -> "cuDeviceGetName of device " + ordinal);
    int length = 0;
    while (length < name.length && name[length] != 0) {
      length++;
    }
    int major =
        attribute(handle, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, ordinal);
    int minor =
        attribute(handle, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, ordinal);
    long[] memory = new long[1];
    check(
        JCudaDriver.cuDeviceTotalMem(memory, handle),
        () -> "cuDeviceTotalMem of device " + ordinal);
    return new CudaDevice(
        ordinal,
        new String(name, 0, length, StandardCharsets.UTF_8),
        10 * major + minor,
        memory[0],
        attribute(handle, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, ordinal),
        attribute(
            handle,
            CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN,
            ordinal),
        attribute(handle, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COOPERATIVE_LAUNCH, ordinal) != 0,
        attribute(handle, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_MODE, ordinal)
            == CUcomputemode.CU_COMPUTEMODE_PROHIBITED);
  }

  private static CUdevice handle(int ordinal) {
    CUdevice handle = new CUdevice();
    check(JCudaDriver.cuDeviceGet(handle, ordinal), () -> "cuDeviceGet of device " + ordinal);
    return handle;
  }

  private static int attribute(CUdevice handle, int attribute, int ordinal) {
    int[] value = new int[1];
    check(
        JCudaDriver.cuDeviceGetAttribute(value, attribute, handle),
        () -> "cuDeviceGetAttribute %d of device %d".formatted(attribute, ordinal));
    return value[0];
  }

  @Override
  public void enter(CudaDevice device) {
    CUcontext context = new CUcontext();
    check(
        JCudaDriver.cuDevicePrimaryCtxRetain(context, handle(device.ordinal())),
        () -> "cuDevicePrimaryCtxRetain of " + device);
    check(JCudaDriver.cuCtxSetCurrent(context), () -> "cuCtxSetCurrent for " + device);
  }

  @Override
  public void leave(CudaDevice device) {
    check(
        JCudaDriver.cuDevicePrimaryCtxRelease(handle(device.ordinal())),
        () -> "cuDevicePrimaryCtxRelease of " + device);
  }

  @Override
  public long freeMemory() {
    long[] free = new long[1];
    check(JCudaDriver.cuMemGetInfo(free, new long[1]), () -> "cuMemGetInfo");
    return free[0];
  }

  @Override
  public CudaModule load(byte[] image) {
    // A text ends with a zero; and an array would stop the garbage collector while it is compiled.
    ByteBuffer text = ByteBuffer.allocateDirect(image.length + 1);
    text.put(image).put((byte) 0).flip();
    CUmodule module = new CUmodule();
    check(
        JCudaDriver.cuModuleLoadDataEx(module, Pointer.to(text), 0, new int[0], new Pointer()),
        () -> "cuModuleLoadDataEx of %d bytes".formatted(image.length));
    return new Module(module);
  }

  @Override
  public void unload(CudaModule module) {
    check(JCudaDriver.cuModuleUnload(((Module) module).handle()), () -> "cuModuleUnload");
  }

  @Override
  public CudaFunction function(CudaModule module, String name) {
    CUfunction function = new CUfunction();
    check(
        JCudaDriver.cuModuleGetFunction(function, ((Module) module).handle(), name),
        () -> "cuModuleGetFunction of " + name);
    return new Function(function, name);
  }

  @Override
  public long allocate(long bytes) {
    Allocation allocation = new Allocation();
    check(
        JCudaDriver.cuMemAlloc(allocation, bytes), () -> "cuMemAlloc of %d bytes".formatted(bytes));
    return allocation.address();
  }

  @Override
  public void free(long address) {
    check(JCudaDriver.cuMemFree(pointer(address)), () -> "cuMemFree");
  }

  @Override
  public HostBuffer allocateHost(int bytes) {
    LockedPointer pointer = new LockedPointer();
    check(
        JCudaDriver.cuMemAllocHost(pointer, bytes),
        () -> "cuMemAllocHost of %d bytes".formatted(bytes));
    ByteBuffer buffer = pointer.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
    return new HostBuffer(buffer, pointer.address());
  }

  @Override
  public void free(HostBuffer buffer) {
    check(JCudaDriver.cuMemFreeHost(new HostPointer(buffer.address())), () -> "cuMemFreeHost");
  }

  @Override
  public CudaStream stream() {
    CUstream stream = new CUstream();
    check(
        JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING),
        () -> "cuStreamCreate");
    return new Stream(stream);
  }

  @Override
  public void destroy(CudaStream stream) {
    check(JCudaDriver.cuStreamDestroy(handle(stream)), () -> "cuStreamDestroy");
  }

  @Override
  public void synchronize(CudaStream stream) {
    check(
        JCudaDriver.cuStreamSynchronize(handle(stream)),
        () ->
            "cuStreamSynchronize, where a kernel may have failed that was launched before"
                + " (CUDA_LAUNCH_BLOCKING=1 in the environment, with -Dlevin.cuda.graphs=false,"
                + " tells which)");
  }

  @Override
  public void copyToDevice(long target, HostBuffer source, long bytes, CudaStream stream) {
    check(
        JCudaDriver.cuMemcpyHtoDAsync(
            pointer(target), new HostPointer(source.address()), bytes, handle(stream)),
        () -> "cuMemcpyHtoDAsync of %d bytes".formatted(bytes));
  }

  @Override
  public void copyToHost(HostBuffer target, long source, long bytes, CudaStream stream) {
    check(
        JCudaDriver.cuMemcpyDtoHAsync(
            new HostPointer(target.address()), pointer(source), bytes, handle(stream)),
        () -> "cuMemcpyDtoHAsync of %d bytes".formatted(bytes));
  }

  @Override
  public void copy(long target, long source, long bytes, CudaStream stream) {
    check(
        JCudaDriver.cuMemcpyDtoDAsync(pointer(target), pointer(source), bytes, handle(stream)),
        () -> "cuMemcpyDtoDAsync of %d bytes".formatted(bytes));
  }

  @Override
  public void zero(long target, long bytes, CudaStream stream) {
    check(
        JCudaDriver.cuMemsetD32Async(pointer(target), 0, bytes / Integer.BYTES, handle(stream)),
        () -> "cuMemsetD32Async of %d bytes".formatted(bytes));
  }

  @Override
  public void launch(CudaFunction function, Grid grid, long arguments, CudaStream stream) {
    check(
        JCudaDriver.cuLaunchKernel(
            ((Function) function).handle(),
            grid.blocksX(),
            grid.blocksY(),
            1,
            grid.threads(),
            1,
            1,
            0,
            handle(stream),
            new HostPointer(arguments),
            null),
        () -> "cuLaunchKernel of %s, %s".formatted(function.name(), grid));
  }

  @Override
  public void allowSharedMemory(CudaFunction function, int bytes) {
    check(
        JCudaDriver.cuFuncSetAttribute(
            ((Function) function).handle(),
            CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
            bytes),
        () -> "cuFuncSetAttribute of %s, %d bytes".formatted(function.name(), bytes));
  }

  @Override
  public int residentBlocks(CudaFunction function, int threads, int sharedBytes) {
    int[] blocks = new int[1];
    check(
        JCudaDriver.cuOccupancyMaxActiveBlocksPerMultiprocessor(
            blocks, ((Function) function).handle(), threads, sharedBytes),
        () -> "cuOccupancyMaxActiveBlocksPerMultiprocessor of " + function.name());
    return blocks[0];
  }

  @Override
  public void launchTogether(
      CudaFunction function, Grid grid, int sharedBytes, long arguments, CudaStream stream) {
    check(
        JCudaDriver.cuLaunchCooperativeKernel(
            ((Function) function).handle(),
            grid.blocksX(),
            grid.blocksY(),
            1,
            grid.threads(),
            1,
            1,
            sharedBytes,
            handle(stream),
            new HostPointer(arguments)),
        () ->
            "cuLaunchCooperativeKernel of %s, %s, %d bytes"
                .formatted(function.name(), grid, sharedBytes));
  }

  @Override
  public void beginCapture(CudaStream stream) {
    check(
        JCudaDriver.cuStreamBeginCapture(
            handle(stream), CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL),
        () -> "cuStreamBeginCapture");
  }

  @Override
  public CudaGraph endCapture(CudaStream stream) {
    CUgraph graph = new CUgraph();
    check(JCudaDriver.cuStreamEndCapture(handle(stream), graph), () -> "cuStreamEndCapture");
    CUgraphExec executable = new CUgraphExec();
    try {
      check(JCudaDriver.cuGraphInstantiate(executable, graph, 0), () -> "cuGraphInstantiate");
    } finally {
      check(JCudaDriver.cuGraphDestroy(graph), () -> "cuGraphDestroy");
    }
    return new Graph(executable);
  }

  @Override
  public void launch(CudaGraph graph, CudaStream stream) {
    check(
        JCudaDriver.cuGraphLaunch(((Graph) graph).handle(), handle(stream)), () -> "cuGraphLaunch");
  }

  @Override
  public void destroy(CudaGraph graph) {
    check(JCudaDriver.cuGraphExecDestroy(((Graph) graph).handle()), () -> "cuGraphExecDestroy");
  }

  static CUstream handle(CudaStream stream) {
    return ((Stream) stream).handle();
  }

  private static CUdeviceptr pointer(long address) {
    return new CUdeviceptr().withByteOffset(address);
  }

  static void check(int result, Supplier<String> call) {
    if (result != CUresult.CUDA_SUCCESS) {
      throw new CudaException(call.get(), CUresult.stringFor(result), description(result));
    }
  }

  private static String description(int result) {
    if (result == CUresult.CUDA_ERROR_STUB_LIBRARY) {
      return "this library is no driver"; // it does not know its errors either
    }
    String[] description = {""};
    return JCudaDriver.cuGetErrorString(result, description) == CUresult.CUDA_SUCCESS
        ? description[0]
        : "unknown to this driver";
  }
}
