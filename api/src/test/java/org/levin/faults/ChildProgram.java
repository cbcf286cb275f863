package org.levin.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the tests in a JVM of its own, which speaks by lines and may be killed. */
public final class ChildProgram implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final StringBuilder heard = new StringBuilder();

  private ChildProgram(Process process) {
    this.process = process;
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a program in a JVM that is small and soon there. */
  public static ChildProgram start(Class<?> program, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return new ChildProgram(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Waits for a line that begins so.
   *
   * @return the rest of the line
   * @throws AssertionError with all that it said, if the program ends before
   */
  public String await(String beginning) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      heard.append(line).append('\n');
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length()).strip();
      }
    }
    throw new AssertionError("no line began with \"" + beginning + "\":\n" + heard);
  }

  /** Lets the program go on that waits in {@link #pause}. */
  public void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Kills it by a signal that no program can catch, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Waits for its end; fails with all that it said unless it ended well. */
  public void awaitEnd() throws IOException, InterruptedException {
    output.lines().forEach(line -> heard.append(line).append('\n'));
    int status = process.waitFor();
    if (status != 0) {
      throw new AssertionError("ended with " + status + ":\n" + heard);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    output.close();
  }

  /** In the program: says a line, and waits until the test lets it go on; ends with the test. */
  public static void pause(String line) throws IOException {
    System.out.println(line);
    if (System.in.read() < 0) {
      Runtime.getRuntime().halt(1);
    }
  }
}
