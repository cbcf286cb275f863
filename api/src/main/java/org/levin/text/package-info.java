/**
 * Symbols and their numbers: a {@link org.levin.text.Vocabulary} cuts a text into token ids, a
 * {@link org.levin.text.TextDecoder} puts it together again, and {@link
 * org.levin.text.UnknownSymbols} says what to do where a vocabulary lacks a symbol. Knows nothing
 * of files, corpora and models.
 */
package org.levin.text;
