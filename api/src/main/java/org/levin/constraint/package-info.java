/**
 * Which texts may be written: a {@link org.levin.constraint.Constraint} turns a regular expression
 * or a set of texts into a table over the symbols of a vocabulary, which says after every symbol
 * what may follow. Knows vocabularies, not logits, samplers or engines. Lucene's automata are known
 * here only, and no public signature names them.
 */
package org.levin.constraint;
