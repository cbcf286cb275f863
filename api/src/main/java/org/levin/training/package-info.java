/**
 * Everything about a training but the loop itself: its options and their defaults, schedules,
 * listeners and what they hear, cancellation, when to stop. The loop is {@link
 * org.levin.Trainer}'s. Knows no corpus and no engine, so that options can be read, kept and
 * compared without either.
 */
package org.levin.training;
