package org.levin.engine;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * An engine on the class path that cannot be used, as far as it could say which it is.
 *
 * @param name the engine's name, or else the name of its provider's class, or else of the file that
 *     lists it
 * @param priority its rank, if it could say it
 * @param why what is wrong, down to the root cause, and what to do about it; it names the jar or
 *     folder where that is known
 */
public record BrokenProvider(String name, OptionalInt priority, Availability.Unavailable why) {
  /** Checks that nothing is null. */
  public BrokenProvider {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(priority, "priority");
    Objects.requireNonNull(why, "why");
  }

  @Override
  public String toString() {
    return name + ": " + why.reason() + "; " + why.remedy();
  }
}
