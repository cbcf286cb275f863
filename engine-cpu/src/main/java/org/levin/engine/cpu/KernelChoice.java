package org.levin.engine.cpu;

import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.plain.PlainKernels;
import org.levin.engine.cpu.vector.VectorKernels;

/**
 * Which twin of the kernels runs: the vector one where it can, or the one that {@value #PROPERTY}
 * forces.
 */
sealed interface KernelChoice {
  /** System property: {@code vector} or {@code plain}. */
  String PROPERTY = "levin.cpu.kernels";

  /** These will run. */
  record Chosen(Kernels kernels) implements KernelChoice {}

  /** What was asked for cannot run. */
  record Impossible(String reason, String remedy) implements KernelChoice {}

  /** Returns the choice for this JVM, made on first use. */
  static KernelChoice current() {
    return Current.CHOICE;
  }

  /** Makes the choice. */
  static KernelChoice choose(String forced, boolean vectorModule) {
    String remedy = "start java with --add-modules jdk.incubator.vector";
    return switch (forced) {
      case "plain" -> new Chosen(new PlainKernels());
      case "vector" ->
          vectorModule
              ? new Chosen(new VectorKernels())
              : new Impossible(
                  PROPERTY + "=vector, but the module jdk.incubator.vector is missing", remedy);
      case "" -> {
        if (vectorModule) {
          yield new Chosen(new VectorKernels());
        }
        warn(
            "the module jdk.incubator.vector is missing, so plain Java computes, at 40 to 50 % of the speed; "
                + remedy);
        yield new Chosen(new PlainKernels());
      }
      default ->
          new Impossible(
              PROPERTY + "=" + forced + " names no kernels",
              "use -D" + PROPERTY + "=plain or =vector, or leave it out");
    };
  }

  /** The holder that makes it lazy. */
  final class Current {
    private static final KernelChoice CHOICE = make();

    private Current() {}

    private static KernelChoice make() {
      if (!FusedMultiplyAdd.isInstruction()) {
        warn(
            "this processor has no fused multiply-add, or Java runs with -XX:-UseFMA: results are the same, but take a hundred times as long; use a processor with FMA3 or Neon");
      }
      return choose(
          System.getProperty(PROPERTY, ""),
          ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }
  }

  private static void warn(String message) {
    System.getLogger(KernelChoice.class.getName()).log(System.Logger.Level.WARNING, message);
  }
}
