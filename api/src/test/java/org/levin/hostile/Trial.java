package org.levin.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.levin.format.DamagedFileException;

/**
 * What a reader must hold to, whatever it reads: one of the documented exceptions, with a message
 * that names the file and can be shown, or what is sound; little memory, little time.
 */
public final class Trial {
  private static final long MEGABYTE = 1 << 20;
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);
  private static final int LONGEST_MESSAGE = 2_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What the doors say of a vocabulary that only the caller can bring. */
  private static final List<String> FOREIGN =
      List.of("load the model with its vocabulary", "open the corpus with its vocabulary");

  private final HostileReader reader;
  private final Path file;
  private final long slack;

  /** Makes the trial of a reader; {@code file} is where each file that it is shown lies. */
  public Trial(HostileReader reader, Path file) {
    this(reader, file, MEGABYTE);
  }

  /** Makes the trial of a reader that may take {@code slack} bytes beyond twice the file. */
  public Trial(HostileReader reader, Path file, long slack) {
    this.reader = reader;
    this.file = file;
    this.slack = slack;
  }

  /**
   * Reads the file, and returns whether it was refused.
   *
   * @param size bytes of the file, which limit the memory
   * @throws AssertionError if it was refused in a way that is not documented, or took too much
   */
  public boolean refuses(long size) {
    Attempt attempt = attempt();
    if (attempt.allocated > 2 * size + slack) {
      // The first one that takes a path also pays for the classes that lie on it.
      attempt = attempt();
    }
    long allocated = attempt.allocated;
    assertTrue(
        allocated <= 2 * size + slack,
        () -> "took %,d bytes of memory for a file of %,d".formatted(allocated, size));
    return attempt.refused;
  }

  private record Attempt(boolean refused, long allocated) {}

  private Attempt attempt() {
    long start = System.nanoTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean refused = false;
    try {
      reader.reading().read(file);
    } catch (DamagedFileException e) {
      refused = true;
      requireMessage(e, file + ": ");
    } catch (UncheckedIOException e) {
      refused = true;
      requireOrThrow(e.getCause() instanceof DamagedFileException, e);
      requireMessage(e.getCause(), file + ": ");
    } catch (IllegalArgumentException e) {
      refused = true;
      boolean provenance = reader.name().equals("provenance");
      requireOrThrow(
          provenance || FOREIGN.stream().anyMatch(part -> e.getMessage().contains(part)), e);
      requireMessage(e, "");
    } catch (IOException e) {
      throw new AssertionError("not the documented exception", e);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new AssertionError("not the documented exception", e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    long took = System.nanoTime() - start;
    assertTrue(took < LONGEST, () -> "took %,d ms".formatted(TimeUnit.NANOSECONDS.toMillis(took)));
    return new Attempt(refused, allocated);
  }

  private static void requireOrThrow(boolean documented, RuntimeException exception) {
    if (!documented) {
      throw new AssertionError("not the documented exception", exception);
    }
  }

  private void requireMessage(Throwable refusal, String start) {
    String message = refusal.getMessage();
    boolean fit =
        message.startsWith(start)
            && message.length() < LONGEST_MESSAGE
            && message.chars().noneMatch(Character::isISOControl);
    if (!fit) {
      throw new AssertionError(
          "a message that cannot be shown: "
              + message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)),
          refusal);
    }
  }
}
