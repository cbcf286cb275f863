package org.levin.hostile;

import java.util.List;
import java.util.Random;

/** What a hostile checkpoint may do beyond what every model may. */
enum CheckpointEdit implements Edit<SafetensorsDraft> {
  TRAINING_THAT_IS_NONE {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      ModelEdit.editJson(draft, TRAINING, random);
    }
  },
  /** Steps behind the last one, epochs of nothing, more rows than there is memory for. */
  OTHER_NUMBERS {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      String field = Nonsense.pick(NUMBERS, random);
      draft.editMetadata(
          TRAINING,
          json ->
              json.replaceFirst(
                  "(\"" + field + "\"):[-+.\\deE]+", "$1:" + Nonsense.number(random)));
    }
  },
  OTHER_TEXTS {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      String field = Nonsense.pick(TEXTS, random);
      String text = Nonsense.pick(List.of("", Nonsense.CLASS, Nonsense.longText(random)), random);
      draft.editMetadata(
          TRAINING,
          json ->
              json.replaceFirst(
                  "(\"" + field + "\"):\"[^\"]*\"",
                  "$1:\"" + text.replaceAll("[\\p{Cntrl}\"\\\\$]", "") + "\""));
    }
  },
  NO_TRAINING {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      draft.removeMetadata(TRAINING);
    }
  };

  private static final String TRAINING = "levin.training";

  private static final List<String> NUMBERS =
      List.of(
          "layers",
          "hiddenSize",
          "epochs",
          "patience",
          "dropout",
          "seed",
          "size",
          "tokens",
          "trainingTokens",
          "validationTokens",
          "vocabularySize",
          "rows",
          "stepsPerEpoch",
          "steps",
          "step",
          "epoch",
          "trainingLoss",
          "loss");

  private static final List<String> TEXTS =
      List.of(
          "initialization",
          "schedule",
          "name",
          "sha256",
          "vocabularyFingerprint",
          "batcher",
          "start",
          "checkpointEvery");
}
