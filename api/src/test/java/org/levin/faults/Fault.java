package org.levin.faults;

import java.io.IOException;

/** Decides what goes wrong. */
@FunctionalInterface
public interface Fault {
  /** Is told of each operation before it is done; what it throws is how the operation fails. */
  void before(Operation operation) throws IOException;
}
