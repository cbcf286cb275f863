/**
 * Encoded texts: {@link org.levin.corpus.Corpus}, an Arrow IPC file of token ids, memory-mapped;
 * {@link org.levin.corpus.CorpusEncoder}, which makes it of text files of any size; {@link
 * org.levin.corpus.Split}, training part and validation part; and {@link org.levin.corpus.Batcher},
 * which cuts a part into minibatches.
 *
 * <p>The only package that knows Arrow, and of it only the generated flatbuffer classes. Knows
 * vocabularies; knows nothing of models, engines and training.
 */
package org.levin.corpus;
