package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.levin.faults.FaultyFileSystem;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void createsAndReplacesFiles() throws IOException {
    Path file = folder.resolve("file");
    AtomicFile.write(file, text("old and longer"));
    assertEquals("old and longer", Files.readString(file));
    AtomicFile.write(file, text("new"));
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("file"), names());
  }

  @Test
  void keepsTheOldFileAndLeavesNothingWhenTheContentFails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      text("half").writeTo(channel);
                      throw new IOException("disk full");
                    }));
    assertEquals("disk full", failure.getMessage());
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                file,
                channel -> {
                  throw new IllegalStateException();
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("file"), names());
  }

  @Test
  void showsTheOldFileUntilTheNewOneIsWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    AtomicFile.write(
        file,
        channel -> {
          text("new").writeTo(channel);
          assertEquals("old", Files.readString(file));
        });
    assertEquals("new", Files.readString(file));
  }

  @Test
  void givesAChannelThatCanGoBack() throws IOException {
    Path file = folder.resolve("file");
    AtomicFile.write(
        file,
        channel -> {
          text("abc").writeTo(channel);
          channel.read(ByteBuffer.allocate(1), 0);
          channel.position(1);
          text("X").writeTo(channel);
        });
    assertEquals("aXc", Files.readString(file));
  }

  @Test
  void refusesAMissingFolder() {
    Path file = folder.resolve("missing").resolve("file");
    NoSuchFileException exception =
        assertThrows(NoSuchFileException.class, () -> AtomicFile.write(file, text("new")));
    assertTrue(exception.getMessage().contains("there is no folder"), exception::getMessage);
    assertFalse(Files.exists(folder.resolve("missing")));
  }

  @Test
  void refusesAFolder() throws IOException {
    for (Path target : List.of(folder, folder.getRoot(), Path.of(""))) {
      FileSystemException exception =
          assertThrows(FileSystemException.class, () -> AtomicFile.write(target, text("new")));
      assertTrue(exception.getMessage().contains("is a folder"), exception::getMessage);
    }
    assertEquals(List.of(), names());
  }

  @Test
  void aCheckFindsWhatAWriteWouldRefuseAndLeavesNoTrace() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("gone"));
    Path missing = folder.resolve("missing").resolve("file");
    for (Path target : List.of(folder, link, missing)) {
      FileSystemException refused =
          assertThrows(FileSystemException.class, () -> AtomicFile.write(target, text("new")));
      FileSystemException found =
          assertThrows(FileSystemException.class, () -> AtomicFile.check(target));
      assertEquals(refused.getMessage(), found.getMessage());
    }
    AtomicFile.check(folder.resolve("file"));
    assertEquals(List.of("link"), names());
  }

  @Test
  void refusesAWriteProtectedFolderAndSoDoesACheck() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assumeTrue(closed.toFile().setWritable(false));
    assumeFalse(Files.isWritable(closed), "the superuser may write everything");
    Path file = closed.resolve("file");
    AccessDeniedException refused =
        assertThrows(AccessDeniedException.class, () -> AtomicFile.write(file, text("new")));
    assertEquals(file.toString(), refused.getFile());
    assertThrows(AccessDeniedException.class, () -> AtomicFile.check(file));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesADevice() {
    FileSystemException exception =
        assertThrows(
            FileSystemException.class, () -> AtomicFile.write(Path.of("/dev/null"), text("new")));
    assertTrue(exception.getMessage().contains("not a regular file"), exception::getMessage);
  }

  @Test
  void refusesAWriteProtectedFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    assumeTrue(file.toFile().setWritable(false));
    assumeFalse(Files.isWritable(file), "the superuser may write everything");
    assertThrows(AccessDeniedException.class, () -> AtomicFile.write(file, text("new")));
    assertEquals("old", Files.readString(file));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void followsLinksAndKeepsThem() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path file = Files.writeString(elsewhere.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("elsewhere/file"));
    AtomicFile.write(link, text("new"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
    assertFalse(Files.isSymbolicLink(file));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void refusesALinkToNothing() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("gone"));
    assertThrows(NoSuchFileException.class, () -> AtomicFile.write(link, text("new")));
    assertEquals(List.of("link"), names());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void keepsThePermissionsOfAnExistingFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    for (String permissions : List.of("rw-------", "rwxrwxr-x", "rw-rw-rw-")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      AtomicFile.write(file, text("new"));
      assertEquals(permissions, permissions(file));
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void givesANewFileTheUsualPermissions() throws IOException {
    Path usual = Files.writeString(folder.resolve("usual"), "");
    AtomicFile.write(folder.resolve("file"), text("new"));
    assertEquals(permissions(usual), permissions(folder.resolve("file")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void takesTheLongestNameThatTheFolderDoes() throws IOException {
    Path file = folder.resolve("x".repeat(255));
    AtomicFile.write(file, text("new"));
    assertEquals("new", Files.readString(file));
  }

  @Test
  void removesWhatKilledWritersOfTheSameFileLeftAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "whole");
    Path other = folder.resolve("other");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("file");
    List<Path> left = List.of(leftover(file), leftover(file));
    List<Path> kept = List.of(file, leftover(other), leftover(elsewhere));
    List<Path> alike =
        List.of(
            Files.createFile(folder.resolve(left.get(0).getFileName() + ".txt")),
            Files.createFile(folder.resolve("my" + left.get(0).getFileName())),
            Files.createFile(folder.resolve("file.tmp")),
            Files.createFile(folder.resolve(".levin-.tmp")));
    AtomicFile.removeLeftovers(file);
    left.forEach(path -> assertFalse(Files.exists(path), path::toString));
    kept.forEach(path -> assertTrue(Files.exists(path), path::toString));
    alike.forEach(path -> assertTrue(Files.exists(path), path::toString));
    assertEquals("whole", Files.readString(file));
  }

  /** Returns what a writer of {@code target} leaves that ends where it would rename. */
  private static Path leftover(Path target) throws IOException {
    List<Path> left = new ArrayList<>();
    Path stopping =
        FaultyFileSystem.path(
            target,
            operation -> {
              if (operation.name().equals("move") || operation.name().equals("delete")) {
                left.add(operation.file());
                throw new IOException("stopped");
              }
            });
    assertThrows(IOException.class, () -> AtomicFile.write(stopping, text("new")));
    return left.getLast();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void removesTheLeftoversOfTheFileThatALinkPointsAt() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "whole");
    Path left = leftover(file);
    AtomicFile.removeLeftovers(Files.createSymbolicLink(folder.resolve("link"), file));
    assertFalse(Files.exists(left));
  }

  @Test
  void removesNothingWhereNothingWasLeftAndNoFileIsThere() throws IOException {
    AtomicFile.removeLeftovers(folder.resolve("file"));
    assertEquals(List.of(), names());
  }

  @Test
  void aFolderThatCannotBeListedIsAnIoException() {
    Path file =
        FaultyFileSystem.path(
            folder.resolve("file"),
            operation -> {
              if (operation.name().equals("list")) {
                throw new IOException("Input/output error");
              }
            });
    IOException failure = assertThrows(IOException.class, () -> AtomicFile.removeLeftovers(file));
    assertEquals("Input/output error", failure.getMessage());
  }

  private static AtomicFile.Content text(String text) {
    return channel -> writeFully(channel, text);
  }

  private static void writeFully(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private List<String> names() throws IOException {
    return names(folder);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
