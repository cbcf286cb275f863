package org.levin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.levin.corpus.Corpus;
import org.levin.faults.Extent;
import org.levin.faults.Fault;
import org.levin.faults.FaultyFileSystem;
import org.levin.faults.Operation;
import org.levin.report.Counts;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;

/** Whatever fails while a checkpoint is written, a whole one is there, and training goes on. */
class InjectedFailureTest {
  private static final long STEPS = 7;
  private static final long EVERY = 3;
  private static final List<Long> CHECKPOINTS = List.of(3L, 6L, 7L);

  /** One write of so many fails; every single one under the profile. */
  private static final int STRIDE = Extent.of(14, 1);

  @TempDir Path scratch;
  private final Corpus corpus = Corpus.of(Texts.ANNA);
  private Outcome expected;
  private List<Operation> operations;

  /** What needs place on the disk. */
  private static boolean takesPlace(Operation operation) {
    return Set.of("write", "open").contains(operation.name());
  }

  /** How an operation fails. */
  private enum Failure {
    /** It does nothing. */
    AT_ONCE,
    /** It writes half of its bytes. */
    HALF_WAY,
    /** From then on every write finds place for half of its bytes, and no new file is made. */
    DISK_FULL;

    boolean concerns(Operation operation) {
      return switch (this) {
        case AT_ONCE -> true;
        case HALF_WAY -> operation.name().equals("write");
        case DISK_FULL -> takesPlace(operation);
      };
    }
  }

  /** Returns the operations to fail, beginning with a certain one. */
  private List<Integer> places(Failure kind, int from) {
    return IntStream.range(from, operations.size())
        .filter(at -> kind.concerns(operations.get(at)))
        .filter(
            at -> !operations.get(at).name().equals("write") || (at + kind.ordinal()) % STRIDE == 0)
        .boxed()
        .toList();
  }

  /** Lets the {@code at}-th operation fail, and looks at the checkpoint just before. */
  private static final class Injected implements Fault {
    private final Path checkpoint;
    private final Failure kind;
    private final int at;
    private final IOException exception = new IOException("No space left on device");
    private byte[] before = {};
    private int count;

    Injected(Path checkpoint, Failure kind, int at) {
      this.checkpoint = checkpoint;
      this.kind = kind;
      this.at = at;
    }

    @Override
    public void before(Operation operation) throws IOException {
      boolean first = count++ == at;
      if (first) {
        before = contentOf(checkpoint);
      }
      if (first || kind == Failure.DISK_FULL && count > at && takesPlace(operation)) {
        if (kind != Failure.AT_ONCE) {
          operation.half();
        }
        throw exception;
      }
    }
  }

  /** Writes down which checkpoints were written and which failed. */
  private static final class Tolerant implements TrainingListener {
    private final List<Long> written = new ArrayList<>();
    private final List<Long> failed = new ArrayList<>();

    @Override
    public void checkpointed(long step) {
      written.add(step);
    }

    @Override
    public void checkpointFailed(long step, IOException failure) {
      assertEquals("No space left on device", failure.getMessage());
      failed.add(step);
    }
  }

  /** Ends the training when a checkpoint fails. */
  private static class Strict implements TrainingListener {
    @Override
    public void checkpointFailed(long step, IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @BeforeEach
  void trainUndisturbed() throws IOException {
    Path checkpoint = newCheckpoint();
    operations = new ArrayList<>();
    train(FaultyFileSystem.path(checkpoint, operations::add), TrainingListener.none());
    expected = Outcome.of(checkpoint);
    assertEquals(List.of("checkpoint"), FaultyTraining.names(checkpoint.getParent()));
  }

  @AfterEach
  void closeTheCorpus() {
    corpus.close();
  }

  /** So that a fault cannot miss what it is meant for. */
  @Test
  void everyOperationThatWritesIsAmongThoseThatFail() {
    assertEquals(
        Set.of(
            "open",
            "open to read",
            "lock",
            "truncate",
            "write",
            "list",
            "set permissions",
            "force",
            "close",
            "move",
            "delete"),
        operations.stream().map(Operation::name).collect(Collectors.toSet()));
    assertEquals(3, operations.stream().filter(one -> one.name().equals("move")).count());
  }

  @ParameterizedTest
  @EnumSource
  void endsTheTrainingOfAListenerThatThrowsAndLeavesTheCheckpointAsItWas(Failure kind)
      throws IOException {
    for (int at : places(kind, 0)) {
      Operation operation = operations.get(at);
      Path checkpoint = newCheckpoint();
      Injected fault = new Injected(checkpoint, kind, at);
      Path faulty = FaultyFileSystem.path(checkpoint, fault);
      String when = kind + " at " + at + ", " + operation;
      if (isOfTheEnd(at)) {
        train(faulty, new Strict());
      } else {
        UncheckedIOException ended =
            assertThrows(UncheckedIOException.class, () -> train(faulty, new Strict()), when);
        assertSame(fault.exception, ended.getCause(), when);
      }
      assertArrayEquals(fault.before, contentOf(checkpoint), when);
      assertNothingElseIsLeft(checkpoint, operation, when);
      assertGoesOn(checkpoint, when);
      Counts.add("faults", "failures of a checkpoint's writing", 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesNotEndTheTrainingOtherwise(Failure kind) throws IOException {
    for (int at : places(kind, endOfTheBeginning())) {
      Operation operation = operations.get(at);
      Path checkpoint = newCheckpoint();
      Path faulty = FaultyFileSystem.path(checkpoint, new Injected(checkpoint, kind, at));
      Tolerant listener = new Tolerant();
      String when = kind + " at " + at + ", " + operation;
      SequenceModel model = train(faulty, listener);
      assertEquals(expected.model(), RunRecord.digest(model), when);
      List<Long> heard = new ArrayList<>(listener.written);
      heard.addAll(listener.failed);
      assertEquals(CHECKPOINTS, heard.stream().sorted().toList(), when);
      assertEquals(failures(kind, at), listener.failed, when);
      assertNothingElseIsLeft(checkpoint, operation, when);
      assertGoesOn(checkpoint, when);
      Counts.add("faults", "failures of a checkpoint's writing", 1);
    }
  }

  /** Which checkpoints fail: the one that is hit, and where there is no place, those after it. */
  private List<Long> failures(Failure kind, int at) {
    if (isOfTheEnd(at)) {
      return List.of();
    }
    int hit = (int) operations.subList(0, at + 1).stream().filter(this::beginsOne).count() - 1;
    return CHECKPOINTS.subList(hit, kind == Failure.DISK_FULL ? CHECKPOINTS.size() : hit + 1);
  }

  private boolean beginsOne(Operation operation) {
    return operation.name().equals("open") && operation.toString().endsWith(".tmp");
  }

  /** Returns the index of the first operation that a checkpoint takes. */
  private int endOfTheBeginning() {
    for (int at = 0; ; at++) {
      if (beginsOne(operations.get(at))) {
        return at;
      }
    }
  }

  /** Whether the lock is being given back. */
  private boolean isOfTheEnd(int at) {
    return at > endOfTheBeginning() && operations.get(at).toString().endsWith(".lock");
  }

  private void assertNothingElseIsLeft(Path checkpoint, Operation failed, String when)
      throws IOException {
    List<String> names = new ArrayList<>(FaultyTraining.names(checkpoint.getParent()));
    names.remove("checkpoint");
    if (Set.of("delete", "lock").contains(failed.name())) {
      names.remove(failed.file().getFileName().toString());
    }
    assertEquals(List.of(), names, when);
  }

  private void assertGoesOn(Path checkpoint, String when) throws IOException {
    train(checkpoint, TrainingListener.none());
    assertEquals(expected, Outcome.of(checkpoint), when);
    assertEquals(List.of("checkpoint"), FaultyTraining.names(checkpoint.getParent()), when);
  }

  /** What a process leaves that is killed at any of these moments, is what is there then. */
  @Test
  void theCheckpointIsWholeAtEveryMoment() throws IOException {
    Path checkpoint = newCheckpoint();
    TreeMap<Long, Integer> seen = new TreeMap<>();
    List<Outcome> outcomes = new ArrayList<>();
    Fault looking =
        operation -> {
          operation.half();
          long step = Files.exists(checkpoint) ? Outcome.of(checkpoint).step() : 0;
          assertTrue(seen.isEmpty() || step >= seen.lastKey(), "never an older one");
          if (seen.merge(step, 1, Integer::sum) == 1 && step > 0) {
            outcomes.add(resumedCopy(checkpoint));
          }
        };
    train(FaultyFileSystem.path(checkpoint, looking), TrainingListener.none());
    assertEquals(List.of(0L, 3L, 6L, 7L), List.copyOf(seen.keySet()));
    assertEquals(List.of(expected, expected, expected), outcomes);
    assertEquals(operations.size(), seen.values().stream().mapToInt(count -> count).sum());
  }

  private Outcome resumedCopy(Path checkpoint) throws IOException {
    Path copy = Files.copy(checkpoint, newCheckpoint());
    train(copy, TrainingListener.none());
    return Outcome.of(copy);
  }

  @Test
  void aThreadThatIsInterruptedLeavesTheCheckpointWhole() throws IOException {
    Path checkpoint = newCheckpoint();
    TrainingListener interrupting =
        new Strict() {
          @Override
          public void stepped(StepMetrics metrics) {
            if (metrics.step() == 5) {
              Thread.currentThread().interrupt();
            }
          }
        };
    UncheckedIOException ended =
        assertThrows(UncheckedIOException.class, () -> train(checkpoint, interrupting));
    assertTrue(Thread.interrupted(), "the thread stays interrupted");
    assertInstanceOf(ClosedByInterruptException.class, ended.getCause());
    assertEquals(3, Outcome.of(checkpoint).step());
    assertEquals(List.of("checkpoint"), FaultyTraining.names(checkpoint.getParent()));
    assertGoesOn(checkpoint, "interrupted");
  }

  private SequenceModel train(Path checkpoint, TrainingListener listener) throws IOException {
    return FaultyTraining.train(STEPS, EVERY, checkpoint, corpus, listener);
  }

  private Path newCheckpoint() throws IOException {
    return Files.createTempDirectory(scratch, "run").resolve("checkpoint");
  }

  private static byte[] contentOf(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }
}
