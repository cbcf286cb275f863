package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.faults.ChildProgram;
import org.levin.faults.FaultyFileSystem;

/** One at a time writes a file, among threads and processes, whatever becomes of them. */
class WriteLockTest {
  private static final int ROUNDS = 200;
  private static final int KILLS = 5;

  @TempDir Path folder;
  private Path file;
  private Path lockFile;

  @BeforeEach
  void nameTheFiles() {
    file = folder.resolve("file");
    lockFile = folder.resolve("file.lock");
  }

  @Test
  void isHadOnceInAProcess() throws IOException {
    WriteLock lock = WriteLock.of(file);
    assertInUse("another training of this process", file);
    lock.close();
    WriteLock again = WriteLock.of(file);
    lock.close();
    assertInUse("another training of this process", file);
    again.close();
    assertEquals(List.of(), names());
  }

  @Test
  void anotherFileOfTheFolderIsFree() throws IOException {
    WriteLock lock = WriteLock.of(file);
    WriteLock other = WriteLock.of(folder.resolve("other"));
    lock.close();
    assertInUse("another training of this process", folder.resolve("other"));
    other.close();
    assertEquals(List.of(), names());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void everyPathLeadsToTheSameLock() throws IOException {
    Files.createFile(file);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path folderLink = Files.createSymbolicLink(inner.resolve("back"), folder);
    Path relative = Path.of("").toAbsolutePath().relativize(file);
    Path otherProvider = FaultyFileSystem.path(file, operation -> {});
    WriteLock lock = WriteLock.of(file);
    for (Path path :
        List.of(
            link,
            folderLink.resolve("file"),
            inner.resolve("..").resolve("file"),
            relative,
            otherProvider)) {
      assertInUse("another training of this process", path);
    }
    // A path by which the file was opened and closed would have given the lock back.
    try (ChildProgram other = start("rounds", "1")) {
      assertEquals("0", other.await("held"));
    }
    lock.close();
    lock = WriteLock.of(link);
    assertInUse("another training of this process", file);
    assertTrue(Files.exists(lockFile), "the lock is of the file, not of the link");
    lock.close();
  }

  @Test
  void anotherProcessThatHasItIsNamedAndLosesItWhenItIsKilled() throws Exception {
    try (ChildProgram holder = start("hold")) {
      holder.await("holds");
      FileInUseException refused = assertInUse("process " + holder.pid(), file);
      assertTrue(refused.getMessage().contains("choose another file"), refused.getMessage());
      holder.kill();
      assertTrue(Files.exists(lockFile), "a killed process cannot tidy up");
      WriteLock.of(file).close();
    }
    assertEquals(List.of(), names());
  }

  @Test
  void anotherProcessThatEndsGivesItBack() throws Exception {
    try (ChildProgram holder = start("hold")) {
      holder.await("holds");
      assertInUse("process " + holder.pid(), file);
      holder.goOn();
      holder.awaitEnd();
    }
    assertEquals(List.of(), names());
    WriteLock.of(file).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "process 1\n", "process 99999999999999999999\n", "proc", "process 7"})
  void whatADeadProcessLeftHindersNobody(String left) throws IOException {
    Files.writeString(lockFile, left);
    WriteLock lock = WriteLock.of(file);
    String own = "process " + ProcessHandle.current().pid() + "\n";
    assertTrue(Files.readString(lockFile).startsWith(own));
    lock.close();
    assertEquals(List.of(), names());
  }

  /** Somebody may have a file of that name; to lock it is no reason to take it away. */
  @ParameterizedTest
  @ValueSource(strings = {"my own notes", "\0\1\2", "# This file is generated.\n[[package]]\n"})
  void aFileOfThatNameWithAnotherTextIsLockedButKept(String text) throws IOException {
    Files.writeString(lockFile, text);
    WriteLock lock = WriteLock.of(file);
    try (ChildProgram other = start("rounds", "1")) {
      assertEquals("0", other.await("held"));
    }
    lock.close();
    assertEquals(text, Files.readString(lockFile));
    WriteLock.of(file).close();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLinkOfThatNameIsNotFollowed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "process 1\n");
    Files.createSymbolicLink(lockFile, victim);
    assertThrows(IOException.class, () -> WriteLock.of(file));
    assertEquals("process 1\n", Files.readString(victim));
  }

  @Test
  void aLockThatCannotBeWrittenDownIsNotHadAndLeavesNothing() throws IOException {
    List<String> failed = new ArrayList<>();
    Path full =
        FaultyFileSystem.path(
            file,
            operation -> {
              if (operation.name().equals("write")) {
                failed.add(operation.toString());
                operation.half();
                throw new IOException("No space left on device");
              }
            });
    IOException refused = assertThrows(IOException.class, () -> WriteLock.of(full));
    assertEquals("No space left on device", refused.getMessage());
    assertEquals(List.of("write file.lock"), failed);
    assertEquals(List.of(), names());
    WriteLock.of(file).close();
  }

  @Test
  void aLockFileThatCannotBeDeletedIsNoFailure() throws IOException {
    Path stuck =
        FaultyFileSystem.path(
            file,
            operation -> {
              if (operation.name().equals("delete") || operation.name().equals("close")) {
                throw new IOException("Input/output error");
              }
            });
    WriteLock.of(stuck).close();
    assertEquals(List.of("file.lock"), names());
    WriteLock.of(file).close();
    assertEquals(List.of(), names());
  }

  @Test
  void refusesAWriteProtectedFolder() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assumeTrue(closed.toFile().setWritable(false));
    assumeFalse(Files.isWritable(closed), "the superuser may write everything");
    AccessDeniedException refused =
        assertThrows(AccessDeniedException.class, () -> WriteLock.of(closed.resolve("file")));
    assertTrue(refused.getMessage().contains("is write-protected"), refused.getMessage());
  }

  @Test
  void aLockFileOfAnotherUserIsNamedWithTheRemedy() {
    Path foreign =
        FaultyFileSystem.path(
            file,
            operation -> {
              if (operation.name().equals("open")) {
                throw new AccessDeniedException(operation.file().toString());
              }
            });
    AccessDeniedException refused =
        assertThrows(AccessDeniedException.class, () -> WriteLock.of(foreign));
    assertTrue(refused.getMessage().startsWith(lockFile.toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains("delete it"), refused.getMessage());
  }

  /** Whoever is inside makes a file that must not be there yet; see {@link LockProgram}. */
  @Test
  void isHadByOneAtATimeAmongProcessesAndThreads() throws Exception {
    try (ChildProgram first = start("rounds", Integer.toString(ROUNDS));
        ChildProgram second = start("rounds", Integer.toString(ROUNDS));
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      first.await("begins");
      second.await("begins");
      List<Callable<Integer>> tasks =
          List.of(
              () -> LockProgram.rounds(file, ROUNDS),
              () -> LockProgram.rounds(file, ROUNDS),
              () -> LockProgram.rounds(file, ROUNDS));
      int held = sum(threads.invokeAll(tasks));
      int elsewhere = Integer.parseInt(first.await("held"));
      elsewhere += Integer.parseInt(second.await("held"));
      first.awaitEnd();
      second.awaitEnd();
      assertTrue(held > 0 && elsewhere > 0, held + " times here, " + elsewhere + " elsewhere");
    }
    assertEquals(List.of(), names());
  }

  private static int sum(List<Future<Integer>> counts)
      throws InterruptedException, ExecutionException {
    int sum = 0;
    for (Future<Integer> count : counts) {
      sum += count.get();
    }
    return sum;
  }

  /** Killed while it takes the lock, has it, or gives it back. */
  @Test
  void aProcessThatIsKilledAtAnyMomentHindersNobody() throws Exception {
    for (int i = 0; i < KILLS; i++) {
      try (ChildProgram killed = start("rounds", Integer.toString(Integer.MAX_VALUE))) {
        killed.await("begins");
        killed.kill();
      }
      Files.deleteIfExists(folder.resolve("inside"));
      assertEquals(1, LockProgram.rounds(file, 1));
      assertEquals(List.of(), names());
    }
  }

  private ChildProgram start(String task, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(task, file.toString()));
    arguments.addAll(List.of(more));
    return ChildProgram.start(LockProgram.class, List.of(), arguments.toArray(String[]::new));
  }

  private static FileInUseException assertInUse(String owner, Path path) {
    FileInUseException refused =
        assertThrows(FileInUseException.class, () -> WriteLock.of(path).close());
    assertTrue(refused.getMessage().contains("is being written by " + owner), refused.getMessage());
    assertTrue(refused.getMessage().contains(path.toString()), refused.getMessage());
    return refused;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
