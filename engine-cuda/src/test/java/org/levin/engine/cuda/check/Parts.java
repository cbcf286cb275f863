package org.levin.engine.cuda.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.levin.engine.cuda.TestProgram;

/** The parts of a check, what matters most first. */
final class Parts {
  /** More than this is no middle-sized training any more. */
  private static final int MOST_AGREEMENT_CHARACTERS = 1_600_000;

  private final CheckOptions options;
  private final Sizes sizes;
  private final List<Part> parts = new ArrayList<>();

  private Parts(CheckOptions options) {
    this.options = options;
    this.sizes = options.sizes();
  }

  static List<Part> of(CheckOptions options) {
    Parts parts = new Parts(options);
    parts.addChecks();
    parts.addMeasurements();
    if (!options.tiny()) {
      parts.addMore();
    }
    return List.copyOf(parts.parts);
  }

  /** The bits of the CPU are promised in single precision. */
  private void addTests(Setting setting, int seconds) {
    addJava(PartName.TESTS, setting, seconds, TestProgram.class, sizes.tests());
  }

  private void addChecks() {
    addJava(PartName.DEVICE, Setting.DEFAULT, 30, DeviceProgram.class, List.of());
    addTests(Setting.precision("fp32"), 90);
    addTraining(PartName.TRAINING_CPU, Setting.DEFAULT, 75, "cpu");
    addTraining(PartName.TRAINING, Setting.DEFAULT, 40, "cuda");
    addTraining(PartName.TRAINING_AGAIN, Setting.DEFAULT, 40, "cuda");
  }

  private void addMeasurements() {
    addJava(
        PartName.TEXT,
        Setting.DEFAULT,
        60,
        TrainingProgram.class,
        List.of(
            "cuda",
            sizes.text().toString(),
            options.text().toString(),
            String.valueOf(sizes.textCharacters()),
            "3",
            String.valueOf(sizes.textSeconds())));
    for (String precision : List.of("fp32", "tf32", "bf16")) {
      addSpeed(Setting.precision(precision));
    }
    addKernels(Setting.DEFAULT);
    addTorch();
  }

  private void addMore() {
    addTests(Setting.precision("fp32").recurrence("steps"), 60);
    addSpeed(Setting.precision("bf16").recurrence("steps"));
    addTraining(PartName.TRAINING, Setting.precision("fp32"), 40, "cuda");
    addTraining(PartName.TRAINING, Setting.precision("bf16"), 40, "cuda");
    addKernels(Setting.precision("bf16"));
  }

  private void addTraining(PartName name, Setting setting, int seconds, String engine) {
    long characters =
        Math.min(
            MOST_AGREEMENT_CHARACTERS,
            (long) sizes.agreementCharacters() * Runtime.getRuntime().availableProcessors());
    addJava(
        name,
        setting,
        seconds,
        TrainingProgram.class,
        List.of(
            engine,
            sizes.agreement().toString(),
            options.text().toString(),
            String.valueOf(characters),
            "1",
            String.valueOf(seconds)));
  }

  private void addSpeed(Setting setting) {
    addJava(PartName.SPEED, setting, 40, SpeedProgram.class, textAndSize());
  }

  private void addKernels(Setting setting) {
    addJava(PartName.KERNELS, setting, 40, KernelProgram.class, textAndSize());
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
    parts.add(new Part(PartName.TORCH, Setting.DEFAULT, 70, command));
  }

  private void addJava(
      PartName name, Setting setting, int seconds, Class<?> program, List<String> arguments) {
    List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                sizes.options().stream(),
                setting.options().stream(),
                Stream.of(
                    "-Dgpu.required=true",
                    "-Dlevin.cuda.graphs=" + (name != PartName.KERNELS),
                    "--add-modules=jdk.incubator.vector",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    program.getName()),
                arguments.stream())
            .flatMap(strings -> strings)
            .toList();
    parts.add(new Part(name, setting, seconds, command));
  }
}
