package org.levin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    after.assertFlatSince(before);
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
}
