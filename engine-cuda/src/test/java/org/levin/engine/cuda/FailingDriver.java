package org.levin.engine.cuda;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.levin.engine.cuda.driver.CudaDriver;
import org.levin.engine.cuda.driver.CudaException;
import org.levin.engine.cuda.driver.CudaGraph;

/** A driver of which one call fails, and which knows what it gave and did not get back. */
final class FailingDriver {
  private static final Map<String, String> GIVES =
      Map.of(
          "enter", "context",
          "load", "module",
          "allocate", "memory",
          "allocateHost", "host memory",
          "stream", "stream",
          "endCapture", "graph");
  private static final Map<Class<?>, String> TAKES_BACK =
      Map.of(
          long.class, "memory",
          org.levin.engine.cuda.driver.CudaDevice.class, "context",
          org.levin.engine.cuda.driver.CudaModule.class, "module",
          org.levin.engine.cuda.driver.HostBuffer.class, "host memory",
          org.levin.engine.cuda.driver.CudaStream.class, "stream",
          CudaGraph.class, "graph");

  private final CudaDriver driver;
  private final int failing;
  private final Map<String, Integer> given = new HashMap<>();
  private int calls;

  /**
   * Makes the driver.
   *
   * @param failing the call that fails, from 0; or -1 for none
   */
  FailingDriver(CudaDriver driver, int failing) {
    this.driver = driver;
    this.failing = failing;
  }

  CudaDriver proxy() {
    return (CudaDriver)
        Proxy.newProxyInstance(
            CudaDriver.class.getClassLoader(), new Class<?>[] {CudaDriver.class}, this::invoke);
  }

  int calls() {
    return calls;
  }

  /** Returns what was given and not taken back, by kind. */
  Map<String, Integer> kept() {
    Map<String, Integer> kept = new HashMap<>(given);
    kept.values().removeIf(count -> count == 0);
    return kept;
  }

  private Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    boolean fails = calls++ == failing;
    String name = method.getName();
    boolean takesBack = name.matches("free|destroy|unload|leave");
    if (fails && !takesBack && !name.equals("endCapture")) {
      throw failure(name);
    }
    Object result;
    try {
      result = method.invoke(driver, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (fails) {
      if (name.equals("endCapture")) {
        driver.destroy((CudaGraph) result);
      } else {
        count(TAKES_BACK.get(method.getParameterTypes()[0]), -1);
      }
      throw failure(name);
    }
    if (takesBack) {
      count(TAKES_BACK.get(method.getParameterTypes()[0]), -1);
    } else if (GIVES.containsKey(name)) {
      count(GIVES.get(name), 1);
    }
    return result;
  }

  private void count(String kind, int more) {
    given.merge(kind, more, Integer::sum);
  }

  private static CudaException failure(String name) {
    return new CudaException(name, "CUDA_ERROR_OF_THE_TEST", "it was to fail");
  }
}
