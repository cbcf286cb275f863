package org.levin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.levin.engine.Availability;
import org.levin.engine.EngineProvider;
import org.levin.engine.EngineUnavailableException;
import org.levin.engine.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code levin engines}: what could compute here, and what will. */
@Command(
    name = "engines",
    description = "Lists the engines, and says which one will be used and why another cannot be.")
final class EnginesCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--json", description = "Write JSON.")
  private boolean json;

  EnginesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Optional<String> selected = selected();
    ArrayNode list = Json.MAPPER.createArrayNode();
    for (EngineProvider provider : Engines.providers()) {
      boolean used = selected.equals(Optional.of(provider.name()));
      switch (Engines.availability(provider)) {
        case Availability.Available available -> {
          list.addObject()
              .put("name", provider.name())
              .put("available", true)
              .put("detail", available.detail())
              .put("priority", provider.priority())
              .put("selected", used);
          line(used, provider, available.detail());
        }
        case Availability.Unavailable unavailable -> {
          list.addObject()
              .put("name", provider.name())
              .put("available", false)
              .put("reason", unavailable.reason())
              .put("remedy", unavailable.remedy())
              .put("priority", provider.priority())
              .put("selected", false);
          line(
              false,
              provider,
              "unavailable: " + unavailable.reason() + "; " + unavailable.remedy());
        }
      }
    }
    if (json) {
      console.out().println(Json.MAPPER.writeValueAsString(list));
    }
    return 0;
  }

  private void line(boolean used, EngineProvider provider, String text) {
    if (!json) {
      console.out().println((used ? "* " : "  ") + provider.name() + "  " + text);
    }
  }

  private static Optional<String> selected() {
    try {
      return Optional.of(Engines.select(Optional.empty()).name());
    } catch (EngineUnavailableException e) {
      return Optional.empty();
    }
  }
}
