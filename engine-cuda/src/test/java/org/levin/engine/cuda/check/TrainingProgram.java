package org.levin.engine.cuda.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.format.Sha256;
import org.levin.training.Cancellation;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;
import org.levin.training.ValidationMetrics;

/**
 * Trains a model: the engine, the shape, the text, how many characters of it, epochs, and the
 * longest that it may take in seconds.
 */
final class TrainingProgram {
  private static final int SEED = 42;
  private static final double VALIDATION = 0.1;
  private static final double NANOS = 1e9;

  private TrainingProgram() {}

  private static final class Course implements TrainingListener {
    private final long start = System.nanoTime();
    private final double seconds;
    private final Cancellation cancellation = new Cancellation();
    private final List<StepMetrics> steps = new ArrayList<>();
    private final List<ValidationMetrics> validations = new ArrayList<>();

    Course(double seconds) {
      this.seconds = seconds;
    }

    double passed() {
      return (System.nanoTime() - start) / NANOS;
    }

    @Override
    public void stepped(StepMetrics metrics) {
      steps.add(metrics);
      if (passed() > seconds) {
        cancellation.cancel();
      }
    }

    @Override
    public void validated(ValidationMetrics metrics) {
      validations.add(metrics);
    }

    /** Returns the median of the second half, when everything is warm. */
    double charactersPerSecond() {
      List<Double> rates =
          new ArrayList<>(
              steps.stream().skip(steps.size() / 2).map(StepMetrics::tokensPerSecond).toList());
      Collections.sort(rates);
      return rates.get(rates.size() / 2);
    }
  }

  public static void main(String... arguments) throws IOException {
    Shape shape = Shape.parse(arguments[1]);
    Course course = new Course(Double.parseDouble(arguments[5]));
    try (Corpus corpus = Text.start(Path.of(arguments[2]), Long.parseLong(arguments[3]))) {
      SequenceModel model =
          Trainer.builder()
              .architecture(shape.architecture())
              .batchSize(shape.rows())
              .sequenceLength(shape.steps())
              .epochs(Integer.parseInt(arguments[4]))
              .dropout(0.5)
              .validation(VALIDATION)
              .seed(SEED)
              .engine(arguments[0])
              .build()
              .train(corpus, course, course.cancellation);
      print(model, course, corpus.size());
    }
  }

  private static void print(SequenceModel model, Course course, long characters) {
    StepMetrics last = course.steps.getLast();
    var result =
        ResultLine.object()
            .put("characters", characters)
            .put("steps", last.step())
            .put("trainingLoss", last.loss())
            .put("charactersPerSecond", course.charactersPerSecond())
            .put("trainingSeconds", course.passed());
    if (course.cancellation.cancelled()) {
      result.put("stopped", true); // after some step, where no other training stops
    } else {
      result.put("parametersDigest", digest(model.parameters().toArray()));
    }
    if (!course.validations.isEmpty()) {
      result.put("validationLoss", course.validations.getLast().loss());
    }
    ResultLine.print(result);
  }

  private static String digest(float... values) {
    var bytes = java.nio.ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return new Sha256().update(bytes).hex();
  }
}
