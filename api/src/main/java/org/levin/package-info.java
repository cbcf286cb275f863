/**
 * The two doors: {@link org.levin.Trainer} makes a {@link org.levin.SequenceModel} from a corpus,
 * and the model scores and writes texts.
 *
 * <pre>{@code
 * try (Corpus corpus = Corpus.of(Path.of("anna.txt"))) {
 *   SequenceModel model = Trainer.builder().architecture(LstmArchitecture.of(2, 512)).build().train(corpus);
 *   model.save(Path.of("anna.safetensors"));
 *   String text = model.generate("Anna", 1_000, Sampler.topK(5), 7);
 * }
 * }</pre>
 */
package org.levin;
