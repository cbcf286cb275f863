package org.levin.engine.cuda;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.levin.engine.cuda.driver.CudaDriver;

/** A driver that tells a test of every call, before it is done. */
final class WatchedDriver {
  private WatchedDriver() {}

  /** Hears of calls. */
  @FunctionalInterface
  interface Watcher {
    /** What it throws is thrown instead of the call. */
    void called(String method, Object... arguments);
  }

  static CudaDriver of(CudaDriver driver, Watcher watcher) {
    return (CudaDriver)
        Proxy.newProxyInstance(
            CudaDriver.class.getClassLoader(),
            new Class<?>[] {CudaDriver.class},
            (_, method, arguments) -> {
              watcher.called(method.getName(), arguments);
              try {
                return method.invoke(driver, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
