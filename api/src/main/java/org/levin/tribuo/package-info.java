/**
 * Levin among Tribuo's own tools: a model as {@code SequenceModel<Label>}, a trainer as {@code
 * SequenceTrainer<Label>}, a text as {@code SequenceDataset<Label>}. At each position the feature
 * is the symbol that is read, and the label the one after it. So Tribuo's evaluator, its
 * configuration files and its model files work with Levin.
 *
 * <p>It needs {@code org.tribuo:tribuo-classification-core}, which Levin does not bring along: add
 * it to the class path, or leave this package alone; nothing else of Levin knows it.
 *
 * <p>What it costs. A position takes some 60 bytes in the dataset and as much again among the
 * predictions, all of which Tribuo's evaluator holds at once, where a text takes 1: some 125 MB for
 * a million characters. The time is that of {@code scoreAll} over the same pieces. A prediction is
 * the most likely symbol alone: with scores it would be one object for each symbol of the
 * vocabulary, at each position. Hence accuracy, precision and recall, but no cross-entropy or
 * perplexity, for which Tribuo's evaluator has no measure: ask the model's own {@code score}. A
 * sequence starts with an empty memory, and an adapted model holds its weights a second time, in an
 * engine of its own.
 *
 * <p>Tribuo's files hold a model file of Levin; Java's own serialization is refused. The provenance
 * of a model is Levin's in every case.
 */
package org.levin.tribuo;
