package org.levin.provenance;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.config.property.SimpleProperty;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import org.levin.internal.Arguments;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.training.LearningRateSchedule;
import org.levin.training.TrainingOptions;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;

/**
 * The twin of {@link TrainingOptions} that OLCUT can configure: a {@code ConfigurationManager}
 * fills the fields, from a provenance or from a file of its own, and {@link #options} gives the
 * options. Defaults are those of the options; 0 stands for an option that is left out.
 *
 * <p>Schedule and initialization are texts, since a provenance with an enum cannot be read without
 * the enum's class.
 */
public final class TrainerConfiguration
    implements Configurable, Provenancable<ConfiguredObjectProvenance> {
  private static final String NAME = "trainer";

  private static final TrainingOptions DEFAULTS = TrainingOptions.defaults();

  @Config(description = "LSTM layers")
  private int layers = DEFAULTS.architecture().layers();

  @Config(description = "hidden units of each layer")
  private int hiddenSize = DEFAULTS.architecture().hiddenSize();

  @Config(description = "how the first values of the parameters are drawn")
  private String initialization = DEFAULTS.initialization().label();

  @Config(description = "probability of dropping a unit")
  private double dropout = DEFAULTS.dropout();

  @Config(description = "how often the training part is read")
  private int epochs = DEFAULTS.epochs();

  @Config(description = "the largest number of steps in all; 0 for no such limit")
  private long steps = DEFAULTS.steps().orElse(0);

  @Config(description = "rows of a batch")
  private int batchSize = DEFAULTS.batchSize();

  @Config(description = "steps that gradients flow back")
  private int sequenceLength = DEFAULTS.sequenceLength();

  @Config(description = "learning rate of Adam")
  private double learningRate = DEFAULTS.learningRate();

  @Config(description = "how the learning rate changes")
  private String schedule = DEFAULTS.schedule().label();

  @Config(description = "the largest global gradient norm")
  private double clipNorm = DEFAULTS.clipNorm();

  @Config(description = "fraction of the corpus, at its end, that is held out")
  private double validation = DEFAULTS.validationFraction();

  @Config(description = "steps between validations within an epoch; 0 for none")
  private long validateEvery = DEFAULTS.validateEvery().orElse(0);

  @Config(description = "validations without a better loss that end the training; 0 to go on")
  private int patience = DEFAULTS.patience().orElse(0);

  @Config(description = "seed of initialization and dropout")
  private long seed = DEFAULTS.seed();

  private TrainingOptions options = DEFAULTS;

  /** Makes the configuration of the defaults; OLCUT fills its fields. */
  public TrainerConfiguration() {}

  /** Returns the configuration of these options, but for engine and threads. */
  public static TrainerConfiguration of(TrainingOptions options) {
    ConfigurationData data = new ConfigurationData(NAME, TrainerConfiguration.class.getName());
    options.toMap().forEach((name, value) -> data.add(name, new SimpleProperty(value.toString())));
    return configured(data);
  }

  /**
   * Returns the configuration of the trainer that a model came from. Whatever the provenance names,
   * no other class is loaded.
   *
   * @throws IllegalArgumentException if the model was not trained by Levin, or an option is none
   *     that Levin has
   */
  public static TrainerConfiguration of(ModelProvenance provenance) {
    TrainerProvenance trainer = provenance.getTrainerProvenance();
    Arguments.require(
        trainer.getClassName().equals(TrainerConfiguration.class.getName()),
        "a model that Levin trained is expected, but this one comes from %.200s",
        trainer.getClassName());
    return configured(ProvenanceUtil.extractConfiguration(trainer).getFirst());
  }

  private static TrainerConfiguration configured(ConfigurationData data) {
    try (ConfigurationManager manager = new ConfigurationManager()) {
      manager.addConfiguration(data);
      return (TrainerConfiguration) manager.lookup(data.getName());
    } catch (PropertyException e) {
      throw new IllegalArgumentException("no such trainer: " + e.getMessage(), e);
    }
  }

  /** Called by OLCUT once the fields are filled; throws if one of them is out of range. */
  @Override
  public void postConfig() {
    try {
      options = built();
    } catch (IllegalArgumentException e) {
      throw new PropertyException(e, NAME, e.getMessage());
    }
  }

  /** Returns the options, with the best engine available and every processor. */
  public TrainingOptions options() {
    return options;
  }

  /** Returns the fields, for the provenance of an object that is configured with this one. */
  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "Configuration");
  }

  private TrainingOptions built() {
    TrainingOptions.Builder<TrainingOptions> builder =
        TrainingOptions.builder()
            .architecture(LstmArchitecture.of(layers, hiddenSize))
            .initialization(Initialization.labelled(initialization))
            .dropout(dropout)
            .epochs(epochs)
            .batchSize(batchSize)
            .sequenceLength(sequenceLength)
            .learningRate(learningRate)
            .schedule(LearningRateSchedule.labelled(schedule))
            .clipNorm(clipNorm)
            .validation(validation)
            .seed(seed);
    if (steps != 0) {
      builder.steps(steps);
    }
    if (validateEvery != 0) {
      builder.validateEvery(validateEvery);
    }
    if (patience != 0) {
      builder.patience(patience);
    }
    return builder.build();
  }
}
