package org.levin.tuning;

import org.levin.tuning.space.Configuration;

/**
 * Something to train: a trial, from one rung to the next.
 *
 * @param trial its number
 * @param configuration what is tried
 * @param from the steps that it was trained so far; 0 for a new one
 * @param to the steps in all that it is to be trained now
 */
public record Assignment(int trial, Configuration configuration, long from, long to) {}
