/**
 * Argument checks, random numbers that are the same everywhere, and what packages show each other
 * only. For Levin's own modules: nothing here is promised to users from release to release. Knows
 * no other package.
 */
package org.levin.internal;
