package org.levin.engine.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.levin.engine.cuda.driver.CudaDevice;
import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.driver.Grid;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.KernelLibrary;
import org.levin.engine.cuda.kernel.LaunchList;
import org.levin.engine.cuda.recurrence.RecurrenceChoice;
import org.levin.engine.cuda.recurrence.RecurrencePlan;
import org.levin.engine.cuda.recurrence.RecurrentBlock;
import org.levin.engine.cuda.recurrence.RecurrentKernel;

/**
 * All steps of a layer in one launch, or in one after the other for some rows each where they do
 * not fit at once. The blocks keep their recurrent weights on the chip, and wait for each other
 * after each step.
 */
final class PersistentRecurrence {
  /** Fewer steps are not worth to bring the weights to the chip. */
  private static final int LEAST_STEPS = 8;

  /** Each group's counter has a line of the cache for itself. */
  private static final int COUNTER_BYTES = 128;

  private static final System.Logger LOGGER =
      System.getLogger(PersistentRecurrence.class.getName());

  private final RecurrencePlan plan;
  private final NetworkShape shape;
  private final Activations a;
  private final DeviceMemory counters;

  /** What the blocks tell each other, if that is not what they store anyway. */
  private final Optional<DeviceMemory> exchanged;

  private PersistentRecurrence(
      RecurrencePlan plan, NetworkShape shape, Activations a, DeviceScope scope) {
    this.plan = plan;
    this.shape = shape;
    this.a = a;
    counters = scope.allocate((long) plan.groups() * COUNTER_BYTES);
    long row = plan.kernel().block().exchangedBytes(shape.hidden());
    exchanged =
        row == 0
            ? Optional.empty()
            : Optional.of(scope.zeros(plan.launchRows() * row / Float.BYTES));
  }

  /**
   * Returns what computes a direction so, or nothing where it goes step by step.
   *
   * @throws IllegalStateException if it has to, but does not fit
   */
  static Optional<PersistentRecurrence> of(
      List<RecurrentKernel> kernels,
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
        RecurrencePlan.of(kernels, shape.hidden(), a.rows, device)
            .filter(made -> device.cooperative())
            .filter(made -> isResident(made, library));
    if (choice == RecurrenceChoice.PERSISTENT && plan.isEmpty()) {
      throw new IllegalStateException(
          "%s; let the system property %s be auto or steps"
              .formatted(reason(kernels, shape, a, device), RecurrenceChoice.PROPERTY));
    }
    Optional<RecurrencePlan> taken =
        plan.filter(
            made ->
                choice == RecurrenceChoice.PERSISTENT
                    || made.isWorthwhile(shape.hidden(), a.rows, device));
    if (taken.isEmpty()) {
      LOGGER.log(
          System.Logger.Level.DEBUG,
          "{0}: it goes step by step",
          plan.isEmpty()
              ? reason(kernels, shape, a, device)
              : plan.get() + " promises longer steps");
    }
    return taken.map(made -> new PersistentRecurrence(made, shape, a, scope));
  }

  private static String reason(
      List<RecurrentKernel> kernels, NetworkShape shape, Activations a, CudaDevice device) {
    if (!device.cooperative()) {
      return device.name() + " lets no blocks of a kernel wait for each other";
    }
    return ("%s of %d units and %d rows does not fit on %s, which has %d multiprocessors and"
            + " %d bytes of shared memory a block")
        .formatted(
            kernels.getFirst().kernel().entry(),
            shape.hidden(),
            a.rows,
            device.name(),
            device.multiprocessors(),
            device.sharedMemory());
  }

  private static boolean isResident(RecurrencePlan plan, KernelLibrary library) {
    int blocks = plan.groups() * plan.blocks();
    Kernel kernel = plan.kernel().kernel();
    return blocks <= library.residentBlocks(kernel, plan.threads(), plan.sharedBytes());
  }

  /**
   * Adds it to a list.
   *
   * @param gates address of {@code [T·B,4H]}
   * @param weight address of {@code [4H,H]}
   * @param cell address of {@code [(T+1)·B,H]}
   * @param hidden address of the hidden states, or backward of their gradients
   */
  void add(LaunchList list, long gates, long weight, long cell, long hidden) {
    long row = (long) shape.hidden() * Float.BYTES;
    for (int first = 0; first < a.rows; first += plan.launchRows()) {
      int rows = Math.min(plan.launchRows(), a.rows - first);
      List<Object> arguments = new ArrayList<>();
      arguments.add(gates + first * RecurrentBlock.GATES * row);
      arguments.addAll(List.of(weight, cell + first * row, hidden + first * row));
      exchanged.ifPresent(memory -> arguments.add(memory.address()));
      arguments.addAll(List.of(counters.address(), rows, shape.hidden(), a.steps));
      arguments.addAll(List.of(plan.groupRows(), plan.blockUnits(), a.rows));
      list.zero(counters.address(), counters.bytes());
      list.together(
          plan.kernel().kernel(),
          new Grid(plan.blocks(), Math.ceilDiv(rows, plan.groupRows()), plan.threads()),
          plan.sharedBytes(),
          arguments.toArray());
    }
  }
}
