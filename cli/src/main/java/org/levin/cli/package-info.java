/**
 * The command {@code levin}: the library at a prompt, one class a subcommand. Results go to
 * standard output, everything else to standard error; nowhere else does Levin write to either.
 *
 * <p>Flags, displays and exit codes live here, and nothing that a program could want: that belongs
 * in the library. Names no class of an engine.
 */
package org.levin.cli;
