package org.levin.engine.cuda.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartsTest {

  private static CheckOptions options(String parts, String... more) {
    String[] arguments = {"text.txt", "a text", "out", "torch.py", "1234567", parts};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CheckOptions.parse(all);
  }

  private static List<String> parts(String asked) {
    return Parts.of(options(asked)).stream().map(Part::option).toList();
  }

  @Test
  void whatMattersMostComesFirst() {
    List<String> all = parts("");
    assertEquals(
        List.of(
            "device",
            "tests-fp32",
            "tests-tf32",
            "tests-bf16",
            "speed-tf32",
            "torch",
            "speed-bf16",
            "training-on-the-cpu",
            "training",
            "training-again",
            "kernels",
            "text"),
        all.subList(0, 12));
    assertEquals(new HashSet<>(all).size(), all.size(), "each has a name of its own");
  }

  @Test
  void someCanBeAskedForByTheirNamesOrTheirStarts() {
    assertEquals(List.of("device", "torch", "speed-bf16"), parts("torch,speed-bf16").subList(0, 3));
    assertEquals(
        List.of("device", "tests-fp32", "tests-tf32", "tests-bf16", "tests-fp32-steps"),
        parts("tests"));
    assertEquals(List.of("device"), parts("device"));
  }

  @Test
  void anUnknownNameIsToldWithTheKnown() {
    var failure = assertThrows(IllegalArgumentException.class, () -> parts("device,speeds"));
    assertTrue(
        failure.getMessage().startsWith("there is no part speeds; there are: device, tests-fp32, "),
        failure::getMessage);
  }

  @Test
  void readsOptions() {
    CheckOptions all = options("");
    assertEquals(List.of(), all.parts());
    assertEquals(Path.of("out").toAbsolutePath(), all.output());
    assertTrue(options("torch,text", "--tiny").tiny());
    assertEquals(List.of("torch", "text"), options("torch,text", "--tiny").parts());
  }

  /** By itself, before it would be ended, and everything that it has would be lost. */
  @Test
  void aTrainingStopsInTime() {
    for (Part part : Parts.of(options("training,text"))) {
      if (part.name() != PartName.DEVICE) {
        int seconds = Integer.parseInt(part.command().getLast());
        assertTrue(seconds <= part.limits().most() - 10, part::key);
      }
    }
  }

  @Test
  void everyTestOfADeviceIsInSomePart() throws ClassNotFoundException {
    Set<String> nested = new HashSet<>();
    for (Class<?> test :
        Class.forName("org.levin.engine.cuda.CudaDeviceTest").getDeclaredClasses()) {
      nested.add(test.getName());
    }
    Set<String> named = new HashSet<>();
    Sizes.whole().tests().values().forEach(named::addAll);
    assertEquals(nested, named);
  }
}
