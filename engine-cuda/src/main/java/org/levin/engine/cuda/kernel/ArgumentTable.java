package org.levin.engine.cuda.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** The arguments of a launch as the driver wants them: their values, and a table of addresses. */
final class ArgumentTable {
  private final Kernel kernel;
  private final List<ParameterType> parameters;
  private final MemorySegment[] values;
  private final MemorySegment table;

  /** Makes a table whose memory is the arena's. */
  ArgumentTable(Kernel kernel, Arena arena) {
    this.kernel = kernel;
    parameters = kernel.parameters();
    values = new MemorySegment[parameters.size()];
    table = arena.allocate(ValueLayout.JAVA_LONG, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = arena.allocate(parameters.get(i).bytes(), Long.BYTES);
      table.setAtIndex(ValueLayout.JAVA_LONG, i, values[i].address());
    }
  }

  /**
   * Takes over values of the types that the kernel's parameters have.
   *
   * @throws IllegalArgumentException if their number differs
   */
  void set(Object... arguments) {
    if (arguments.length != values.length) {
      throw new IllegalArgumentException(
          "%s has %d parameters, but got %d arguments"
              .formatted(kernel, values.length, arguments.length));
    }
    for (int i = 0; i < arguments.length; i++) {
      switch (parameters.get(i).type().cast(arguments[i])) {
        case Long address -> values[i].set(ValueLayout.JAVA_LONG, 0, address);
        case Integer number -> values[i].set(ValueLayout.JAVA_INT, 0, number);
        case int[] ids ->
            MemorySegment.copy(ids, 0, values[i], ValueLayout.JAVA_INT, 0, ids.length);
        default -> throw new IllegalArgumentException("%s: argument %d".formatted(kernel, i));
      }
    }
  }

  /** Returns the address of the table of addresses. */
  long address() {
    return table.address();
  }
}
