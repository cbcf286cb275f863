/**
 * Files made by somebody who means harm, for every reader: drafts of files that can say anything,
 * edits that make them say what no writer would, and what a reader must hold to whatever it reads.
 */
package org.levin.hostile;
