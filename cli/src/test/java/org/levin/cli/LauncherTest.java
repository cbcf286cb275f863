package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a project of its own, with spaces in its path, whose Maven and JDKs only say what
 * they were asked for.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "basename",
          "cat",
          "dirname",
          "find",
          "mkdir",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "sed",
          "touch");

  @TempDir Path folder;
  private Path project;
  private Path tools;
  private Path jdk;

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void aProject() throws IOException {
    project = Files.createDirectory(folder.resolve("my project"));
    Files.copy(Path.of("..", "levin"), project.resolve("levin"));
    project.resolve("levin").toFile().setExecutable(true);
    Files.createDirectory(project.resolve(".build"));
    Files.copy(Path.of("..", ".build", "jdk.sh"), project.resolve(".build/jdk.sh"));
    Files.createFile(project.resolve("pom.xml"));
    for (String module : List.of("api", "engine-cpu", "engine-cuda", "tuning", "cli")) {
      Files.createDirectories(project.resolve(module).resolve("src/main/java"));
      Files.createFile(project.resolve(module).resolve("pom.xml"));
    }
    tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : TOOLS) {
      script(tools.resolve(tool), "exec " + standard(tool) + " \"$@\"");
    }
    script(
        tools.resolve("mvn"),
        """
        echo "$JAVA_HOME mvn $*" >>'%s'
        mkdir -p cli/target/lib
        touch cli/target/levin-cli.jar
        """
            .formatted(builds()));
    jdk = jdk("jdk 25", "25.0.3");
  }

  @Test
  void buildsOnFirstUseWithTheJdkItFoundAndPassesEverythingOn() throws Exception {
    Run run = levin(jdk, "sample", "--prompt", "two words", "*");
    assertEquals(0, run.code(), run::toString);
    List<String> arguments = run.out().lines().toList();
    assertEquals(jdk.toString(), arguments.getFirst());
    assertTrue(arguments.contains("--add-modules=jdk.incubator.vector"));
    assertTrue(arguments.contains("-Dlevin.terminal=false"));
    assertTrue(arguments.contains("-Dlevin.color=false"));
    assertTrue(arguments.contains("-Dpattern=*"), "LEVIN_OPTS are options, not file names");
    assertEquals(
        List.of("org.levin.cli.Levin", "sample", "--prompt", "two words", "*"),
        arguments.subList(arguments.size() - 5, arguments.size()));
    Path target = project.toRealPath().resolve("cli/target");
    assertEquals(
        target + "/levin-cli.jar:" + target + "/lib/*",
        arguments.get(arguments.indexOf("-cp") + 1));
    assertTrue(Files.readString(builds()).startsWith(jdk + " mvn "), Files.readString(builds()));
    assertTrue(run.err().startsWith("levin: building the project"), run.err());
  }

  @Test
  void buildsAgainOnlyWhenASourceIsNewerOrAJarIsGone() throws Exception {
    levin(jdk);
    assertEquals("", levin(jdk).err());
    assertEquals(1, countOfBuilds());
    Path source = Files.createFile(project.resolve("api/src/main/java/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    levin(jdk);
    assertEquals(2, countOfBuilds());
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
    Files.setLastModifiedTime(source.getParent(), FileTime.from(Instant.now().minusSeconds(60)));
    levin(jdk);
    assertEquals(2, countOfBuilds());
    Files.delete(project.resolve("cli/target/levin-cli.jar"));
    levin(jdk);
    assertEquals(3, countOfBuilds());
  }

  @Test
  void aFailedBuildShowsWhatMavenSaidAndIsTriedAgain() throws Exception {
    script(tools.resolve("mvn"), "echo 'it does not compile'; exit 1");
    for (int attempt = 0; attempt < 2; attempt++) {
      Run run = levin(jdk, "engines");
      assertEquals(1, run.code());
      assertEquals("", run.out());
      assertTrue(run.err().contains("it does not compile"), run.err());
      assertTrue(run.err().contains("levin: the build failed"), run.err());
    }
  }

  @Test
  void withoutMavenSaysWhatToInstall() throws Exception {
    Files.delete(tools.resolve("mvn"));
    Run run = levin(jdk);
    assertEquals(1, run.code());
    assertTrue(run.err().contains("install Maven"), run.err());
  }

  @Test
  void anOlderJavaHomeGivesWayToTheJdkOnThePath() throws Exception {
    Path older = jdk("jdk 17", "17.0.1");
    Files.createSymbolicLink(tools.resolve("javac"), jdk.resolve("bin/javac"));
    assertEquals(jdk.toString(), levin(older).out().lines().findFirst().orElseThrow());
  }

  /** With one of another JDK the JVM would do without any. */
  @Test
  void theArchiveOfClassesIsForTheJdkThatMadeIt() throws Exception {
    assertFalse(levin(jdk).out().contains("SharedArchiveFile"), "this JDK can make none");
    Path archive = project.toRealPath().resolve("cli/target/levin.jsa");
    Files.writeString(archive, "classes");
    assertTrue(levin(jdk).out().lines().toList().contains("-XX:SharedArchiveFile=" + archive));
    assertFalse(levin(jdk("jdk 26", "26")).out().contains("SharedArchiveFile"));
  }

  @Test
  void followsLinksToItself() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("other bin"));
    Files.createSymbolicLink(bin.resolve("absolute"), project.resolve("levin"));
    Files.createSymbolicLink(bin.resolve("relative"), Path.of("absolute"));
    Run run = run(bin.resolve("relative"), jdk, "info");
    assertEquals(0, run.code(), run::toString);
    assertTrue(Files.exists(project.resolve("cli/target/levin-built")));
    assertFalse(Files.exists(bin.resolve("cli")));
  }

  private Run levin(Path javaHome, String... arguments) throws Exception {
    return run(project.resolve("levin"), javaHome, arguments);
  }

  private Run run(Path launcher, Path javaHome, String... arguments) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(standard("bash").toString(), launcher.toString()),
                        Stream.of(arguments))
                    .toList())
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("LEVIN_OPTS", "-Xmx1g -Dpattern=*");
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the launcher hangs");
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** A JDK whose java prints its home and then its arguments, one a line. */
  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectory(folder.toRealPath().resolve(name));
    Files.createDirectory(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/java"), "printf '%s\\n' '" + home + "' \"$@\"");
    script(home.resolve("bin/javac"), "exit 1");
    return home;
  }

  private void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!" + standard("bash") + "\n" + body, StandardCharsets.UTF_8);
    assertTrue(file.toFile().setExecutable(true));
  }

  /** Returns where the system has a tool; the test is left out where it has none. */
  private static Path standard(String tool) {
    Optional<Path> found =
        Stream.of("/bin", "/usr/bin")
            .map(place -> Path.of(place, tool))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "no " + tool + " here");
    return found.orElseThrow();
  }

  private Path builds() {
    return folder.resolve("builds.log");
  }

  private int countOfBuilds() throws IOException {
    return Files.readAllLines(builds()).size();
  }
}
