package org.levin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.levin.engine.Availability;
import org.levin.engine.BrokenProvider;
import org.levin.engine.Discovery;
import org.levin.engine.EngineProvider;
import org.levin.engine.EngineUnavailableException;
import org.levin.engine.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code levin engines}: what could compute here, and what will. */
@Command(
    name = "engines",
    description =
        "Lists the engines, and says which one will be used and why another cannot be. Fails, once"
            + " all are listed, if two have the same name.")
final class EnginesCommand implements Callable<Integer> {
  private final Console console;
  private final ArrayNode list = Json.MAPPER.createArrayNode();

  @Option(names = "--json", description = "Write JSON.")
  private boolean json;

  EnginesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Discovery discovery = Engines.discover();
    Optional<EngineProvider> selected = Optional.empty();
    Optional<RuntimeException> refusal = Optional.empty();
    try {
      selected = Optional.of(discovery.select(Optional.empty()));
    } catch (EngineUnavailableException e) {
      // The list says of each why not.
    } catch (IllegalStateException | IllegalArgumentException e) {
      // A class path or a property that is wrong: who corrects it wants the list first.
      refusal = Optional.of(e);
    }
    for (EngineProvider provider : discovery.providers()) {
      add(provider, selected.equals(Optional.of(provider)));
    }
    add(discovery.clashing(), "unavailable");
    add(discovery.broken(), "broken");
    if (json) {
      console.out().println(Json.MAPPER.writeValueAsString(list));
    }
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return 0;
  }

  private void add(EngineProvider provider, boolean selected) {
    ObjectNode engine = list.addObject().put("name", provider.name());
    switch (Engines.availability(provider)) {
      case Availability.Available available -> {
        engine.put("available", true).put("detail", available.detail());
        line(selected, provider.name(), available.detail());
      }
      case Availability.Unavailable unavailable ->
          add(engine, provider.name(), "unavailable", unavailable);
    }
    engine.put("priority", provider.priority()).put("selected", selected);
  }

  private void add(List<BrokenProvider> unusable, String word) {
    for (BrokenProvider provider : unusable) {
      ObjectNode engine = list.addObject().put("name", provider.name());
      add(engine, provider.name(), word, provider.why());
      provider.priority().ifPresent(priority -> engine.put("priority", priority));
      engine.put("selected", false);
    }
  }

  private void add(ObjectNode engine, String name, String word, Availability.Unavailable why) {
    engine.put("available", false).put("reason", why.reason()).put("remedy", why.remedy());
    line(false, name, word + ": " + why.reason() + "; " + why.remedy());
  }

  private void line(boolean selected, String name, String text) {
    if (!json) {
      console.out().println((selected ? "* " : "  ") + name + "  " + text);
    }
  }
}
