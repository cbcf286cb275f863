package org.levin.benchmarks.race;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The results as JSON: {@code {"machine":{…},"results":[{"name":…,"unit":…,"levin":…,"libtorch":…,
 * "ratio":…,"fractionOfLimit":…,"runs":…},…]}}. What was not measured is {@code null}.
 */
final class ResultsJson {
  private final ObjectMapper mapper = new ObjectMapper();

  /** Returns the document. */
  String of(Machine machine, Limits limits, String text, List<Result> results) {
    ObjectNode root = mapper.createObjectNode();
    root.putObject("machine")
        .put("system", machine.system())
        .put("processor", machine.processor())
        .put("processors", machine.processors())
        .put("java", machine.java())
        .put("maxHeap", Jvm.MAX_HEAP)
        .put("loadAverage", machine.load())
        .put("text", text)
        .put("peakGflops", limits.peakGflops())
        .put("peakGflopsOneThread", limits.peakGflopsOneThread())
        .put("bandwidthGBps", limits.bandwidthGBps())
        .put("bandwidthGBpsOneThread", limits.bandwidthGBpsOneThread());
    var list = root.putArray("results");
    for (Result result : results) {
      list.add(object(result));
    }
    return root.toPrettyString() + "\n";
  }

  private ObjectNode object(Result result) {
    ObjectNode object =
        mapper.createObjectNode().put("name", result.name()).put("unit", result.unit());
    object.put("levin", result.levin().series().median());
    object.put("libtorch", result.libtorch().map(side -> side.series().median()).orElse(null));
    object.put("ratio", result.ratios().map(Series::median).orElse(null));
    put(object, "fractionOfLimit", result.fractionOfLimit(result.levin()));
    object.put("runs", result.runs());
    details(object, "levin", result.levin());
    result.libtorch().ifPresent(side -> details(object, "libtorch", side));
    result.ratios().ifPresent(ratios -> range(object, "ratio", ratios));
    result
        .oneThread()
        .ifPresent(
            side -> {
              object.put("oneThread", side.series().median());
              details(object, "oneThread", side);
            });
    result.speedups().ifPresent(series -> object.put("threadsSpeedup", series.median()));
    return object;
  }

  private static void details(ObjectNode object, String prefix, Standing standing) {
    range(object, prefix, standing.series());
    object.put(prefix + "Threads", standing.threads());
    put(object, prefix + "PeakMegabytes", standing.peakMegabytes());
  }

  private static void range(ObjectNode object, String prefix, Series series) {
    object.put(prefix + "Min", series.min()).put(prefix + "Max", series.max());
  }

  private static void put(ObjectNode object, String name, OptionalDouble value) {
    object.put(name, value.isPresent() ? (Double) value.getAsDouble() : null);
  }
}
