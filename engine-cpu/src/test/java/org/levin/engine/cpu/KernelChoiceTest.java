package org.levin.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.levin.engine.cpu.plain.PlainKernels;
import org.levin.engine.cpu.vector.VectorKernels;

class KernelChoiceTest {
  private static final String REMEDY = "start java with --add-modules jdk.incubator.vector";

  @Test
  void takesTheVectorKernelsWhereTheyCanRun() {
    assertInstanceOf(VectorKernels.class, chosen("", true));
    assertInstanceOf(VectorKernels.class, chosen("vector", true));
    assertInstanceOf(KernelChoice.Chosen.class, KernelChoice.current());
  }

  @Test
  void takesThePlainKernelsWhenAsked() {
    assertInstanceOf(PlainKernels.class, chosen("plain", true));
    assertInstanceOf(PlainKernels.class, chosen("plain", false));
  }

  @Test
  void fallsBackToThePlainKernelsAndSaysWhatWouldBeFaster() {
    List<String> warnings = new ArrayList<>();
    Logger logger = Logger.getLogger(KernelChoice.class.getName());
    Handler handler = noting(warnings);
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      assertInstanceOf(PlainKernels.class, chosen("", false));
      assertEquals(1, warnings.size());
      assertTrue(warnings.getFirst().contains(REMEDY), warnings.getFirst());
      chosen("plain", false);
      chosen("", true);
      assertEquals(1, warnings.size(), "who asked for plain, or has vectors, needs no advice");
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void doesNotReplaceWhatWasAskedFor() {
    assertEquals(
        new KernelChoice.Impossible(
            "levin.cpu.kernels=vector, but the module jdk.incubator.vector is missing", REMEDY),
        KernelChoice.choose("vector", false));
  }

  @Test
  void refusesANameOfNoKernels() {
    for (String garbage : new String[] {"fast", "Plain", " vector"}) {
      assertEquals(
          new KernelChoice.Impossible(
              "levin.cpu.kernels=" + garbage + " names no kernels",
              "use -Dlevin.cpu.kernels=plain or =vector, or leave it out"),
          KernelChoice.choose(garbage, true));
    }
  }

  @Test
  void theEngineWorksInAJvmWithoutTheVectorModule() throws IOException, InterruptedException {
    String output = java();
    assertTrue(output.contains("engine cpu works"), output);
    assertTrue(output.contains(REMEDY), output);
  }

  @Test
  void theEngineWorksWithoutTheInstructionForMultiplyAddAndSaysSo()
      throws IOException, InterruptedException {
    String output = java("-XX:-UseFMA");
    assertTrue(output.contains("engine cpu works"), output);
    assertTrue(output.contains("no fused multiply-add"), output);
    assertFalse(java().contains("no fused multiply-add"));
  }

  @Test
  void aJvmThatCannotRunWhatWasAskedForSaysWhyAndWhatToDo()
      throws IOException, InterruptedException {
    String output = java("-Dlevin.cpu.kernels=vector");
    assertTrue(
        output.contains(
            "engine cpu is unavailable: levin.cpu.kernels=vector, "
                + "but the module jdk.incubator.vector is missing; "
                + REMEDY),
        output);
  }

  /** Runs {@link EngineProbe} in a JVM of its own, without the vector module. */
  private static String java(String... options) throws IOException, InterruptedException {
    return ChildJvm.run(EngineProbe.class, options);
  }

  private static org.levin.engine.cpu.kernel.Kernels chosen(String forced, boolean module) {
    return assertInstanceOf(KernelChoice.Chosen.class, KernelChoice.choose(forced, module))
        .kernels();
  }

  private static Handler noting(List<String> warnings) {
    return new Handler() {
      @Override
      public void publish(LogRecord log) {
        warnings.add(log.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
