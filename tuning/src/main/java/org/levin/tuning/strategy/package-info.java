/**
 * What to try next: strategies over the unit cube of a search space, and rungs, at which the worse
 * trials end. Nothing here trains, or knows how trials are run.
 */
package org.levin.tuning.strategy;
