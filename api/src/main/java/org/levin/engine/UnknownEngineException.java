package org.levin.engine;

import java.util.List;

/** An engine was asked for by a name that no provider on the class path has. */
public final class UnknownEngineException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnknownEngineException(String name, List<String> known) {
    super(
        "unknown engine \""
            + name
            + "\"; on the class path: "
            + (known.isEmpty() ? "none" : String.join(", ", known)));
  }
}
