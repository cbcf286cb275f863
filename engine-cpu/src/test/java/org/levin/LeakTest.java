package org.levin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.format.DamagedFileException;
import org.levin.model.LstmArchitecture;
import org.levin.sampling.Beam;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Sampler;
import org.levin.text.UnknownSymbolException;
import org.levin.text.Vocabulary;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingDivergedException;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;

/** What fails half way leaves no heap, thread, open file, mapping or temporary file behind. */
class LeakTest {
  private static final int WARM_UP = 20;
  private static final int ROUNDS = 200;

  @TempDir Path folder;
  private Path text;
  private Path corpus;
  private Path model;

  @BeforeEach
  void make() throws IOException {
    text = Files.writeString(folder.resolve("text.txt"), Texts.ANNA);
    corpus = folder.resolve("corpus.arrow");
    CorpusEncoder.of(text).encodeTo(corpus);
    model = folder.resolve("model.safetensors");
    try (Corpus read = Corpus.open(corpus);
        SequenceModel trained = trainer().build().train(read)) {
      trained.save(model);
    }
  }

  private static TrainingOptions.Builder<Trainer> trainer() {
    return Trainer.builder()
        .architecture(LstmArchitecture.of(1, 5))
        .batchSize(2)
        .sequenceLength(7)
        .steps(3)
        .threads(2)
        .seed(1);
  }

  @Test
  void aDamagedCorpusThatIsOpened() throws IOException {
    byte[] bytes = Files.readAllBytes(corpus);
    Path truncated = write("truncated.arrow", Arrays.copyOf(bytes, bytes.length - 9));
    assertFlat(() -> assertThrows(DamagedFileException.class, () -> Corpus.open(truncated)));
  }

  /** The structure is sound, so that the damage shows while the network is at work. */
  @Test
  void aDamagedCorpusThatIsTrainedOn() throws IOException {
    byte[] bytes = Files.readAllBytes(corpus);
    Path flipped = flippedToken(bytes);
    assertFlat(
        () -> {
          try (Corpus read = Corpus.open(flipped)) {
            assertThrows(UncheckedIOException.class, () -> trainer().build().train(read));
          }
        });
  }

  /** Returns a corpus of which a byte among the tokens is another; the first found that opens. */
  private Path flippedToken(byte[] bytes) throws IOException {
    for (int at = bytes.length / 2; at < bytes.length; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      Path file = write("flipped.arrow", flipped);
      try (Corpus read = Corpus.open(file)) {
        assertThrows(DamagedFileException.class, read::verify);
        return file;
      } catch (DamagedFileException e) {
        continue;
      }
    }
    throw new AssertionError("no byte of a token was found");
  }

  @Test
  void aTextThatCannotBeEncoded() throws IOException {
    Path malformed = write("malformed.txt", new byte[] {'a', 'b', (byte) 0xFF, 'c'});
    Path output = folder.resolve("output.arrow");
    CorpusEncoder unknown = CorpusEncoder.of(text).vocabulary(Vocabulary.codePointsOf("a"));
    assertFlat(
        () -> {
          assertThrows(IOException.class, () -> Corpus.of(malformed));
          assertThrows(IOException.class, () -> CorpusEncoder.of(malformed).encodeTo(output));
          assertThrows(UnknownSymbolException.class, () -> unknown.encodeTo(output));
          assertThrows(UnknownSymbolException.class, unknown::open);
        });
  }

  @Test
  void aTrainingWhoseListenerThrows() throws IOException {
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void stepped(StepMetrics metrics) {
            throw new IllegalStateException("the listener has had enough");
          }
        };
    assertFlat(
        () -> {
          try (Corpus read = Corpus.open(corpus)) {
            Trainer trainer = trainer().build();
            assertThrows(IllegalStateException.class, () -> trainer.train(read, failing));
          }
        });
  }

  @Test
  void aTrainingThatDiverges() throws IOException {
    Trainer trainer = trainer().learningRate(1e38).steps(50).build();
    assertFlat(
        () -> {
          try (Corpus read = Corpus.open(corpus)) {
            assertThrows(TrainingDivergedException.class, () -> trainer.train(read));
          }
        });
  }

  @Test
  void aTextTooShortToTrainOn() throws IOException {
    assertFlat(
        () -> {
          try (Corpus read = Corpus.of("Anna")) {
            assertThrows(IllegalArgumentException.class, () -> trainer().build().train(read));
          }
        });
  }

  @Test
  void aDamagedModelThatIsLoaded() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 3] ^= 4;
    Path flipped = write("flipped.safetensors", bytes);
    assertFlat(() -> assertThrows(DamagedFileException.class, () -> SequenceModel.load(flipped)));
  }

  @Test
  void aTextThatCannotBeWritten() throws IOException {
    Sampler failing =
        logits -> {
          throw new IllegalStateException("the sampler has had enough");
        };
    assertFlat(
        () -> {
          try (SequenceModel loaded = SequenceModel.load(model)) {
            assertThrows(
                UnknownSymbolException.class,
                () -> loaded.generate("\u2603", 3, Sampler.topK(2), 1));
            assertThrows(IllegalStateException.class, () -> loaded.generate("A", 3, failing, 1));
            assertThrows(UnknownSymbolException.class, () -> loaded.score("\u2603"));
            GenerationOptions options = GenerationOptions.of(failing);
            try (GenerationSession session = loaded.session(options)) {
              assertThrows(IllegalStateException.class, session::next);
            }
            assertThrows(
                IllegalStateException.class, () -> loaded.generateAll(List.of("A"), options));
            assertThrows(
                IllegalStateException.class, () -> loaded.beamSearch("A", Beam.of(2), options));
          }
        });
  }

  private void assertFlat(Executable failure) throws IOException {
    run(failure, WARM_UP);
    List<Path> files = files();
    Footprint before = Footprint.now();
    run(failure, ROUNDS);
    Footprint.now().assertFlatSince(before);
    assertEquals(files, files(), "no file is left half written");
  }

  private static void run(Executable failure, int times) {
    for (int i = 0; i < times; i++) {
      try {
        failure.execute();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }
}
