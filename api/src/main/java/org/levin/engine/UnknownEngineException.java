package org.levin.engine;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An engine was asked for by a name that no provider on the class path has, as far as they could be
 * loaded.
 */
public final class UnknownEngineException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnknownEngineException(String name, List<String> known, List<BrokenProvider> broken) {
    super(
        "unknown engine \""
            + name
            + "\"; on the class path: "
            + (known.isEmpty() ? "none" : String.join(", ", known))
            // Which engine a class that does not load would have been, nobody can say.
            + broken.stream()
                .map(provider -> "; broken: " + provider)
                .collect(Collectors.joining()));
  }
}
