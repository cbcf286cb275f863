/**
 * The file of a study: a line of JSON for each thing that happened, appended and flushed. Jackson
 * is known here and nowhere else in this module.
 */
package org.levin.tuning.journal;
