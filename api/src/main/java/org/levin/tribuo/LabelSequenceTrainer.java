package org.levin.tribuo;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.Map;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.internal.Arguments;
import org.levin.provenance.TrainerConfiguration;
import org.tribuo.classification.Label;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceTrainer;

/**
 * Levin's {@link Trainer} as a trainer of Tribuo. It trains on the one text that the sequences
 * spell, in their order, and holds the tail of it out as the options say; sequences that are
 * independent of each other should end in a line break.
 *
 * <p>OLCUT's {@code ConfigurationManager} can make it; the engine is the best one available. May
 * train in several threads at once.
 */
public final class LabelSequenceTrainer implements SequenceTrainer<Label> {
  @Config(description = "the options of the training")
  private TrainerConfiguration configuration = new TrainerConfiguration();

  private int invocations;

  /** For OLCUT, which fills the field. */
  private LabelSequenceTrainer() {}

  /** Returns the trainer with these options. */
  public static LabelSequenceTrainer of(TrainerConfiguration configuration) {
    LabelSequenceTrainer trainer = new LabelSequenceTrainer();
    trainer.configuration = configuration;
    return trainer;
  }

  /**
   * Trains a model.
   *
   * @param examples {@link TextSequences}, or others in which each feature is one character and
   *     each label the one that follows
   * @param runProvenance must be empty: a model's provenance is the one that Levin gives it
   * @throws IllegalArgumentException if the sequences are not of that kind
   * @throws org.levin.corpus.CorpusTooShortException if the text is too short for one batch
   */
  @Override
  public LabelSequenceModel train(
      SequenceDataset<Label> examples, Map<String, Provenance> runProvenance) {
    Arguments.require(
        runProvenance.isEmpty(),
        "the provenance of a run cannot be kept with the model, but there is %s",
        runProvenance.keySet());
    try (Corpus corpus = Corpus.of(TextSequences.spell(examples))) {
      org.levin.SequenceModel model = Trainer.of(configuration.options()).train(corpus);
      countInvocation();
      return LabelSequenceModel.of(model);
    }
  }

  private synchronized void countInvocation() {
    invocations++;
  }

  @Override
  public synchronized int getInvocationCount() {
    return invocations;
  }

  @Override
  public TrainerProvenance getProvenance() {
    return new TrainerProvenanceImpl(this);
  }
}
