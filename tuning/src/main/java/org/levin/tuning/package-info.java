/**
 * The search of hyper-parameters: {@link org.levin.tuning.Tuner} tries configurations of Levin's
 * own trainer against the validation loss; {@link org.levin.tuning.Study} is the search itself, for
 * those who train elsewhere.
 */
package org.levin.tuning;
