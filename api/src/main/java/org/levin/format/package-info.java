/**
 * Files on disk: {@link org.levin.format.Safetensors}, {@link org.levin.format.ModelFile} on top of
 * it, vocabularies as JSON, atomic writing, digests, and {@link
 * org.levin.format.DamagedFileException} for what is not as it should be. Reading believes nothing:
 * no class is named by a file, and no size is trusted before it is checked.
 *
 * <p>Knows parameters and vocabularies as plain values. Knows no engine, no training, and of
 * provenance only that it is a text; corpus files are written and read in {@link org.levin.corpus}.
 */
package org.levin.format;
