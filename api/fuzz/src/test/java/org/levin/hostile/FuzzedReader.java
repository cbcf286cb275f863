package org.levin.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/** A reader as the fuzzer sees it: bytes go in, and an {@link AssertionError} is a finding. */
final class FuzzedReader {
  private static final long SEED = 20260101;
  private static final int MUTANTS = 300;

  /** What the fuzzer watches with is counted too, and takes a multiple of what the reader takes. */
  private static final long SLACK = 1 << 25;

  private final HostileReader reader;
  private final Path file;

  private FuzzedReader(HostileReader reader, Path file) {
    this.reader = reader;
    this.file = file;
  }

  /** Returns the reader of this name. */
  static FuzzedReader named(String name) {
    return of(
        HostileReaders.all().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow());
  }

  /** Returns this reader. */
  static FuzzedReader of(HostileReader reader) {
    try {
      return new FuzzedReader(reader, Files.createTempFile("fuzzed", ".file"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the fuzzer starts from: the sound file, and mutants of it. */
  Stream<byte[]> seeds() {
    Random random = new Random(SEED);
    return Stream.concat(
        Stream.of(reader.sound()),
        Stream.generate(() -> reader.mutants().apply(random).bytes()).limit(MUTANTS));
  }

  /** Reads the bytes, under right checksums: behind these the fuzzer would hardly get. */
  void read(byte[] bytes) {
    byte[] sealed = reader.seal().apply(bytes);
    try {
      Files.write(file, sealed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    new Trial(reader, file, SLACK).refuses(sealed.length);
  }
}
