package org.levin.engine.cuda;

import java.util.Optional;
import org.levin.engine.cuda.driver.CudaDevice;
import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.driver.Grid;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.engine.cuda.kernel.LaunchList;

/**
 * All steps of a layer in one launch. Its blocks keep their recurrent weights on the chip, and wait
 * for each other after each step.
 */
final class PersistentRecurrence {
  /** Fewer steps are not worth to bring the weights to the chip. */
  private static final int LEAST_STEPS = 8;

  /** Each group's counter has a line of the cache for itself. */
  private static final int COUNTER_BYTES = 128;

  private static final System.Logger LOGGER =
      System.getLogger(PersistentRecurrence.class.getName());

  private final Kernel kernel;
  private final RecurrencePlan plan;
  private final NetworkShape shape;
  private final Activations a;
  private final DeviceMemory counters;

  private PersistentRecurrence(
      Kernel kernel, RecurrencePlan plan, NetworkShape shape, Activations a, DeviceScope scope) {
    this.kernel = kernel;
    this.plan = plan;
    this.shape = shape;
    this.a = a;
    counters = scope.allocate((long) plan.groups() * COUNTER_BYTES);
  }

  /**
   * Returns what computes a direction so, or nothing where it goes step by step.
   *
   * @throws IllegalStateException if it has to, but does not fit
   */
  static Optional<PersistentRecurrence> of(
      RecurrentKernel kernel,
      NetworkShape shape,
      Activations a,
      KernelLibrary library,
      DeviceScope scope) {
    RecurrenceChoice choice = RecurrenceChoice.current();
    if (choice == RecurrenceChoice.STEPS
        || choice == RecurrenceChoice.AUTO && a.steps < LEAST_STEPS) {
      return Optional.empty();
    }
    CudaDevice device = library.context().device();
    Optional<RecurrencePlan> plan =
        RecurrencePlan.of(kernel, shape.hidden(), a.rows, device)
            .filter(made -> device.cooperative())
            .filter(made -> isResident(made, kernel.kernel(), library));
    if (plan.isEmpty()) {
      String reason =
          device.cooperative()
              ? ("%s of %d units and %d rows does not fit on %s at once, which has"
                      + " %d multiprocessors and %d bytes of shared memory a block")
                  .formatted(
                      kernel.kernel().entry(),
                      shape.hidden(),
                      a.rows,
                      device.name(),
                      device.multiprocessors(),
                      device.sharedMemory())
              : device.name() + " lets no blocks of a kernel wait for each other";
      if (choice == RecurrenceChoice.PERSISTENT) {
        throw new IllegalStateException(
            "%s; let the system property %s be auto or steps"
                .formatted(reason, RecurrenceChoice.PROPERTY));
      }
      LOGGER.log(System.Logger.Level.DEBUG, "{0}: it goes step by step", reason);
    }
    return plan.map(made -> new PersistentRecurrence(kernel.kernel(), made, shape, a, scope));
  }

  private static boolean isResident(RecurrencePlan plan, Kernel kernel, KernelLibrary library) {
    int blocks = plan.groups() * plan.blocks();
    return blocks <= library.residentBlocks(kernel, plan.threads(), plan.sharedBytes());
  }

  /**
   * Adds it to a list.
   *
   * @param addresses of the kernel's first four parameters
   */
  void add(LaunchList list, long... addresses) {
    list.zero(counters.address(), counters.bytes());
    list.together(
        kernel,
        new Grid(plan.blocks(), plan.groups(), plan.threads()),
        plan.sharedBytes(),
        addresses[0],
        addresses[1],
        addresses[2],
        addresses[3],
        counters.address(),
        a.rows,
        shape.hidden(),
        a.steps,
        plan.groupRows(),
        plan.blockUnits());
  }
}
