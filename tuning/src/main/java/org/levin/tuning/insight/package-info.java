/**
 * What a study tells: which parameters mattered, how the best loss fell, and all trials side by
 * side; as data, and as texts for a terminal. Tribuo, whose trees say what mattered, is known here
 * and nowhere else in this module.
 */
package org.levin.tuning.insight;
