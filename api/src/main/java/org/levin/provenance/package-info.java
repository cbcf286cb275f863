/**
 * Where a model comes from: {@link org.levin.provenance.TrainingRecord} in plain values (trainer,
 * options, corpus, engine, result), and {@link org.levin.provenance.ModelProvenances}, which turns
 * it into Tribuo's provenance and that into JSON. The objects are of Tribuo's and OLCUT's own
 * classes only, so that plain Tribuo reads them without Levin; they travel in model files.
 *
 * <p>Tribuo and OLCUT are known here, in {@code org.levin.tribuo} and in the type that {@code
 * SequenceModel.provenance()} returns, nowhere else; {@link org.levin.provenance.TrainingRecord}
 * does not load them. Knows nothing of corpora and models but their names and numbers.
 */
package org.levin.provenance;
