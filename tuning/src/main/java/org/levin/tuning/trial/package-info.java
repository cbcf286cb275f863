/** Trials of a study and what was measured of them: plain values, known to everything else here. */
package org.levin.tuning.trial;
