package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What all launches of a kernel took, and what they would have taken at the device's peak. */
final class KernelTime {
  private static final double MILLIS = 1e3;

  private int launches;
  private double milliseconds;
  private double operations;
  private double bytes;
  private double bound;
  private double boundByOperations;
  private double boundByBytes;

  void add(double measured, Optional<LaunchCost> cost, String kernel, Peaks peaks) {
    launches++;
    milliseconds += measured;
    cost.ifPresent(
        known -> {
          operations += known.operations();
          bytes += known.bytes();
          bound += MILLIS * known.seconds(kernel, peaks);
          boundByOperations += MILLIS * known.operationSeconds(kernel, peaks);
          boundByBytes += MILLIS * known.byteSeconds(peaks);
        });
  }

  double milliseconds() {
    return milliseconds;
  }

  /** Returns what is told of the kernel of this name; all but the share for one step. */
  ObjectNode result(String name, int steps, double whole) {
    ObjectNode result =
        ResultLine.object()
            .put("kernel", name)
            .put("launches", launches / steps)
            .put("milliseconds", milliseconds / steps)
            .put("share", whole == 0 ? 0 : milliseconds / whole)
            .put("operations", operations / steps)
            .put("bytes", bytes / steps);
    if (bound > 0) {
      result
          .put("boundMilliseconds", bound / steps)
          .put("boundBy", boundByOperations > boundByBytes ? "operations" : "bytes");
    }
    return result;
  }
}
