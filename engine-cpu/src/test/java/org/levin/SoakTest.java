package org.levin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.model.LstmArchitecture;
import org.levin.sampling.Sampler;

/** Thousands of small trainings, saved, loaded and closed, leave nothing behind. */
class SoakTest {
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 2_000;

  /** What a JVM of its own accord may move: compiled code, and the collector's tables. */
  private static final long HEAP = 2_000_000;

  private static final int FEW = 3;

  @TempDir Path folder;

  @Test
  void memoryStaysFlat() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), Texts.ANNA);
    Path corpus = folder.resolve("corpus.arrow");
    CorpusEncoder.of(text).encodeTo(corpus);
    for (int i = 0; i < WARM_UP; i++) {
      live(corpus, i);
    }
    Footprint before = Footprint.now();
    for (int i = 0; i < ROUNDS; i++) {
      live(corpus, i);
    }
    Footprint after = Footprint.now();
    String change = before + " became " + after;
    assertTrue(after.heap < before.heap + HEAP, change);
    assertTrue(after.threads <= before.threads + FEW, change);
    assertTrue(after.openFiles <= before.openFiles + FEW, change);
    assertTrue(after.mappedFiles <= before.mappedFiles, change);
    assertTrue(after.temporaryFiles <= before.temporaryFiles, change);
  }

  /** One model's life. */
  private void live(Path corpusFile, int seed) throws IOException {
    Path file = folder.resolve("model.safetensors");
    try (Corpus corpus = seed % 2 == 0 ? Corpus.open(corpusFile) : Corpus.of("Anna".repeat(50));
        SequenceModel model =
            Trainer.builder()
                .architecture(LstmArchitecture.of(1, 5))
                .batchSize(2)
                .sequenceLength(7)
                .steps(3)
                .threads(2)
                .seed(seed)
                .build()
                .train(corpus)) {
      model.save(file);
    }
    try (SequenceModel model = SequenceModel.load(file)) {
      model.generate("A", 3, Sampler.topK(2), seed);
      model.score("Anna");
    }
  }

  /** What this process holds; files are 0 where the system does not tell. */
  private record Footprint(
      long heap, int threads, long openFiles, long mappedFiles, long temporaryFiles) {
    static Footprint now() throws IOException {
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      Runtime runtime = Runtime.getRuntime();
      return new Footprint(
          runtime.totalMemory() - runtime.freeMemory(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          count(Path.of("/proc/self/fd"), ""),
          mappings(),
          count(Path.of(System.getProperty("java.io.tmpdir")), "levin"));
    }

    private static long count(Path folder, String prefix) throws IOException {
      if (!Files.isDirectory(folder)) {
        return 0;
      }
      try (Stream<Path> files = Files.list(folder)) {
        return files.filter(file -> file.getFileName().toString().startsWith(prefix)).count();
      }
    }

    private static long mappings() throws IOException {
      Path maps = Path.of("/proc/self/maps");
      return Files.isReadable(maps)
          ? Files.readAllLines(maps).stream().filter(line -> line.contains(".arrow")).count()
          : 0;
    }
  }
}
