/**
 * What is searched: parameters with their ranges, conditions among them, requirements that span
 * several, and the configurations that they describe. Nothing here trains, or draws at random.
 */
package org.levin.tuning.space;
