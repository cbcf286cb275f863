package org.levin.engine.cuda;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.levin.engine.Engine;
import org.levin.engine.cuda.driver.CudaDevice;
import org.levin.engine.cuda.driver.CudaDriver;
import org.levin.engine.cuda.driver.CudaFunction;
import org.levin.engine.cuda.driver.CudaGraph;
import org.levin.engine.cuda.driver.CudaModule;
import org.levin.engine.cuda.driver.CudaStream;
import org.levin.engine.cuda.driver.HostBuffer;
import org.levin.engine.cuda.driver.TimedDriver.Timed;
import org.levin.engine.cuda.kernel.Precision;

/**
 * The engine over a driver that computes nothing, and takes down what is queued by itself or
 * becomes a part of a graph, but not what a graph repeats. All results are zero.
 */
public final class RecordedEngine implements AutoCloseable {
  /** Memory begins at its multiples, as CUDA's does. */
  private static final long ALIGNMENT = 256;

  private final List<Timed> queued = new ArrayList<>();
  private final Engine engine;
  private long next = ALIGNMENT;

  /** Opens it. */
  public RecordedEngine(CudaDevice device, Precision precision) {
    CudaDriver driver =
        (CudaDriver)
            Proxy.newProxyInstance(
                CudaDriver.class.getClassLoader(), new Class<?>[] {CudaDriver.class}, this::invoke);
    engine = CudaEngine.open(driver, device, precision);
  }

  /** Returns the engine. */
  public Engine engine() {
    return engine;
  }

  /** Returns what was queued since it was last asked; nothing has taken any time. */
  public List<Timed> queued() {
    List<Timed> before = List.copyOf(queued);
    queued.clear();
    return before;
  }

  private Object invoke(Object proxy, Method method, Object[] arguments) {
    String name = method.getName();
    return switch (name) {
      case "load" -> new CudaModule() {};
      case "stream" -> new CudaStream() {};
      case "function" -> (CudaFunction) () -> (String) arguments[1];
      case "allocate" -> allocate((Long) arguments[0]);
      case "allocateHost" -> {
        ByteBuffer bytes = ByteBuffer.allocateDirect((Integer) arguments[0]);
        yield new HostBuffer(bytes.order(ByteOrder.nativeOrder()), ALIGNMENT);
      }
      case "residentBlocks" -> 1;
      case "endCapture" -> new CudaGraph() {};
      case "launch" ->
          arguments[0] instanceof CudaFunction function
              ? launch(function, (Long) arguments[2])
              : null;
      case "launchTogether" -> launch((CudaFunction) arguments[0], (Long) arguments[3]);
      case "zero", "copy", "copyToDevice", "copyToHost" -> {
        queued.add(new Timed(name, List.of(), (Long) arguments[arguments.length - 2], 0));
        yield null;
      }
      default -> null;
    };
  }

  private long allocate(long bytes) {
    long address = next;
    next += Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
    return address;
  }

  private Object launch(CudaFunction function, long table) {
    queued.add(new Timed(function.name(), TimedEngine.sizes(function.name(), table), 0, 0));
    return null;
  }

  @Override
  public void close() {
    engine.close();
  }
}
