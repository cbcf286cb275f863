package org.levin.engine.cuda.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.levin.engine.cuda.TestProgram;

/** The parts of a check, what matters most first. */
final class Parts {
  /** More than this is no middle-sized training any more. */
  private static final int MOST_AGREEMENT_CHARACTERS = 1_600_000;

  /** For a JVM to start, to compile kernels, to validate and to tell what came out. */
  private static final int BESIDE_TRAINING_SECONDS = 12;

  /** No test takes half as long, on whatever device. */
  private static final int SILENT_TEST_SECONDS = 40;

  private final CheckOptions options;
  private final Sizes sizes;
  private final JavaCommand java;
  private final List<Part> parts = new ArrayList<>();

  private Parts(CheckOptions options) {
    this.options = options;
    sizes = options.sizes();
    java = new JavaCommand(options);
  }

  /**
   * Returns those that are asked for, and the device, without which a page says little.
   *
   * @throws IllegalArgumentException if one is asked for that there is not
   */
  static List<Part> of(CheckOptions options) {
    List<Part> all = all(options);
    for (String asked : options.parts()) {
      if (all.stream().noneMatch(part -> part.isNamed(asked))) {
        throw new IllegalArgumentException(
            "there is no part %s; there are: %s"
                .formatted(
                    asked, all.stream().map(Part::option).collect(Collectors.joining(", "))));
      }
    }
    return all.stream()
        .filter(
            part ->
                options.parts().isEmpty()
                    || part.name() == PartName.DEVICE
                    || options.parts().stream().anyMatch(part::isNamed))
        .toList();
  }

  private static List<Part> all(CheckOptions options) {
    Parts parts = new Parts(options);
    parts.addFirst();
    parts.addTrainings();
    parts.addKernels(Setting.DEFAULT);
    parts.addText();
    parts.addSpeed(Setting.precision("fp32"));
    if (!options.tiny()) {
      parts.addMore();
    }
    return parts.parts;
  }

  /**
   * Whether it is right, and how fast. Kernels are compiled once, by the first to open a device.
   */
  private void addFirst() {
    addJava(PartName.DEVICE, Setting.DEFAULT, Limits.of(90), DeviceProgram.class, List.of());
    addTests(Setting.precision("fp32"), "fp32", 120);
    addTests(Setting.precision("tf32"), "tf32", 90);
    addTests(Setting.precision("bf16"), "bf16", 90);
    addSpeed(Setting.precision("tf32"));
    addTorch();
    addSpeed(Setting.precision("bf16"));
  }

  private void addTrainings() {
    addTraining(PartName.TRAINING_CPU, Setting.DEFAULT, 75, "cpu");
    addTraining(PartName.TRAINING, Setting.DEFAULT, 40, "cuda");
    addTraining(PartName.TRAINING_AGAIN, Setting.DEFAULT, 40, "cuda");
  }

  private void addMore() {
    addKernels(Setting.precision("bf16"));
    addTests(Setting.precision("fp32").recurrence("steps"), "fp32", 90);
    addSpeed(Setting.precision("bf16").recurrence("steps"));
    addTraining(PartName.TRAINING, Setting.precision("fp32"), 40, "cuda");
    addTraining(PartName.TRAINING, Setting.precision("bf16"), 40, "cuda");
  }

  private void addTests(Setting setting, String precision, int seconds) {
    List<String> tests = sizes.tests().getOrDefault(precision, List.of());
    if (!tests.isEmpty()) {
      Limits limits = Limits.of(seconds).silent(SILENT_TEST_SECONDS);
      addJava(PartName.TESTS, setting, limits, TestProgram.class, tests);
    }
  }

  private void addTraining(PartName name, Setting setting, int seconds, String engine) {
    long characters =
        Math.min(
            MOST_AGREEMENT_CHARACTERS,
            (long) sizes.agreementCharacters() * Runtime.getRuntime().availableProcessors());
    addTraining(name, setting, seconds, engine, sizes.agreement(), characters, 1);
  }

  private void addText() {
    addTraining(
        PartName.TEXT, Setting.DEFAULT, 60, "cuda", sizes.text(), sizes.textCharacters(), 3);
  }

  /** It stops by itself before it would be ended, to tell how far it came. */
  private void addTraining(
      PartName name,
      Setting setting,
      int seconds,
      String engine,
      Shape shape,
      long characters,
      int epochs) {
    addJava(
        name,
        setting,
        Limits.of(seconds),
        TrainingProgram.class,
        List.of(
            engine,
            shape.toString(),
            options.text().toString(),
            String.valueOf(characters),
            String.valueOf(epochs),
            String.valueOf(seconds - BESIDE_TRAINING_SECONDS)));
  }

  private void addSpeed(Setting setting) {
    addJava(PartName.SPEED, setting, Limits.of(40), SpeedProgram.class, textAndSize());
  }

  private void addKernels(Setting setting) {
    addJava(PartName.KERNELS, setting, Limits.of(40), KernelProgram.class, textAndSize());
  }

  private List<String> textAndSize() {
    return List.of(options.text().toString(), String.valueOf(options.tiny()));
  }

  private void addTorch() {
    List<String> command = new ArrayList<>(List.of("python3", options.python().toString()));
    command.addAll(List.of("--text", options.text().toString()));
    command.addAll(List.of("--seconds", String.valueOf(sizes.seconds())));
    command.addAll(List.of("--warm", String.valueOf(sizes.warmSeconds())));
    sizes.speeds().stream().map(Shape::toString).forEach(command::add);
    parts.add(new Part(PartName.TORCH, Setting.DEFAULT, Limits.of(90), command, Map.of()));
  }

  private void addJava(
      PartName name, Setting setting, Limits limits, Class<?> program, List<String> arguments) {
    List<String> command = java.of(setting, name != PartName.KERNELS, program, arguments);
    parts.add(new Part(name, setting, limits, command, Map.of()));
  }
}
