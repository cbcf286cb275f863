package org.levin.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.levin.engine.UnknownEngineException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: its subcommands, and what becomes of their failures. */
@Command(
    name = "levin",
    description =
        "Trains character-level LSTM language models, and scores and writes texts with them.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true)
public final class Levin implements Runnable {
  private static final List<Class<?>> SUBCOMMANDS =
      List.of(
          TrainCommand.class,
          SampleCommand.class,
          ScoreCommand.class,
          EncodeCommand.class,
          ImportCommand.class,
          InfoCommand.class,
          ReproduceCommand.class,
          TuneCommand.class,
          StudyCommand.class,
          EnginesCommand.class);

  /** What a shell expects of a command that was interrupted. */
  static final int INTERRUPTED = 130;

  /** Held, because the JDK forgets a logger that nobody holds, and its level with it. */
  private static final Logger LIBRARY_LOG = Logger.getLogger("org.levin");

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean verbose;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Levin() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    // One line a message, like everything else that goes to standard error.
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s: %5$s%n");
    // What the library has to tell beyond warnings, the commands tell in their own words.
    LIBRARY_LOG.setLevel(Level.WARNING);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(Console.of(out, err), arguments));
  }

  /**
   * Runs the command and returns its exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
   */
  static int run(Console console, String... arguments) {
    Levin levin = new Levin();
    CommandLine.IFactory factory = new CommandFactory(console);
    CommandLine command = new CommandLine(levin);
    for (Class<?> subcommand : named(arguments)) {
      command.addSubcommand(new CommandLine(subcommand, factory));
    }
    command
        .setResourceBundle(new Defaults())
        .setOut(new PrintWriter(console.out(), true))
        .setErr(new PrintWriter(console.err(), true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // A text may begin with @; it is not the name of a file with more arguments.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((misuse, given) -> explain(misuse))
        .setExecutionExceptionHandler(
            (failure, failed, result) -> levin.report(failure, failed, console));
    try {
      return command.execute(arguments);
    } catch (OutOfMemoryError e) {
      return levin.report(
          e,
          command.getSubcommands().getOrDefault(arguments.length == 0 ? "" : arguments[0], command),
          console);
    }
  }

  /** Returns the subcommand that the first argument names, or else all: to know one takes time. */
  private static List<Class<?>> named(String... arguments) {
    for (Class<?> subcommand : SUBCOMMANDS) {
      String name = subcommand.getAnnotation(Command.class).name();
      if (arguments.length > 0 && name.equals(arguments[0])) {
        return List.of(subcommand);
      }
    }
    return SUBCOMMANDS;
  }

  /** Without a subcommand there is nothing to do but to say what there is. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
  }

  private int report(Throwable failure, CommandLine failed, Console console) {
    if (failure instanceof NobodyReadsException) {
      return CommandLine.ExitCode.OK;
    }
    if (verbose) {
      failure.printStackTrace(console.err());
    }
    if (failure instanceof UsageException || failure instanceof UnknownEngineException) {
      return explain(new CommandLine.ParameterException(failed, failure.getMessage()));
    }
    console.err().println("levin: " + Failures.describe(failure, failed.getCommandSpec()));
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Says what was wrong, what may have been meant, and what there is. */
  private static int explain(CommandLine.ParameterException misuse) {
    CommandLine command = misuse.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("levin: " + misuse.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(misuse, err);
    command.usage(err);
    return CommandLine.ExitCode.USAGE;
  }
}
