package org.levin.engine.cuda.driver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import jcuda.driver.CUevent;
import jcuda.driver.JCudaDriver;

/**
 * A driver that measures, by a pair of events, how long everything takes on the device that is
 * queued by itself, and not as a part of a graph.
 *
 * <p>The device would often wait for the host, which needs longer for a launch than a small kernel
 * runs, and the waiting would be measured too. So the device is given something else to do first,
 * filling memory of its own, while the host gets ahead; and again after some launches, since the
 * device's queue holds about a thousand entries, of which each launch and its events take three.
 */
public final class TimedDriver {
  /** The name of a pair of events with nothing in between. */
  public static final String NOTHING = "nothing";

  /** How many of those are measured in each piece. */
  public static final int EMPTY_PAIRS = 16;

  private static final Set<String> TRANSFERS = Set.of("zero", "copy", "copyToDevice", "copyToHost");

  private final CudaDriver driver;
  private final BiFunction<String, Long, List<Integer>> sizes;
  private final Ballast ballast;
  private final Deque<CUevent> events = new ArrayDeque<>();
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Timed> measured = new ArrayList<>();
  private volatile boolean measuring;
  private int queued; // since the ballast
  private long ballastAddress;

  /**
   * What the device does before it is measured.
   *
   * @param bytes a multiple of 4
   * @param fills how often they are filled
   * @param piece how much is queued until it is due again
   */
  public record Ballast(long bytes, int fills, int piece) {}

  /**
   * Something that was queued.
   *
   * @param name the kernel's, or the method's of {@link CudaDriver}
   * @param sizes the numbers among a kernel's arguments, in their order
   * @param bytes that were copied or filled; 0 for a kernel
   * @param milliseconds between the events before and after it
   */
  public record Timed(String name, List<Integer> sizes, long bytes, double milliseconds) {}

  private record Pair(
      String name, List<Integer> sizes, long bytes, CUevent before, CUevent after) {}

  /**
   * Makes one.
   *
   * @param sizes gives the numbers among the arguments of a kernel of this name, whose table is at
   *     this address
   */
  public TimedDriver(
      CudaDriver driver, Ballast ballast, BiFunction<String, Long, List<Integer>> sizes) {
    this.driver = driver;
    this.ballast = ballast;
    this.sizes = sizes;
  }

  /** Returns the driver to open an engine with. */
  public CudaDriver proxy() {
    return (CudaDriver)
        Proxy.newProxyInstance(
            CudaDriver.class.getClassLoader(), new Class<?>[] {CudaDriver.class}, this::invoke);
  }

  /** Measures from here on; the engine is idle. */
  public void begin() {
    measured.clear();
    queued = ballast.piece();
    measuring = true;
  }

  /** Stops measuring, and returns what was; the engine is idle again. */
  public List<Timed> end() {
    measuring = false;
    return List.copyOf(measured);
  }

  private Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    boolean launches =
        name.startsWith("launch") && method.getParameterTypes()[0] == CudaFunction.class;
    if (!measuring || !launches && !TRANSFERS.contains(name)) {
      Object result = call(method, arguments);
      if (measuring && name.equals("synchronize")) {
        read();
      }
      return result;
    }
    CudaStream stream = (CudaStream) arguments[arguments.length - 1];
    if (launches && queued >= ballast.piece()) {
      begin(stream);
    }
    queued++;
    CUevent before = record(stream);
    call(method, arguments);
    CUevent after = record(stream);
    if (launches) {
      String kernel = ((CudaFunction) arguments[0]).name();
      pairs.add(new Pair(kernel, sizes.apply(kernel, table(arguments)), 0, before, after));
    } else {
      long bytes = (Long) arguments[arguments.length - 2];
      pairs.add(new Pair(name, List.of(), bytes, before, after));
    }
    return null;
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(driver, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static long table(Object... arguments) {
    return Arrays.stream(arguments)
        .filter(Long.class::isInstance)
        .mapToLong(Long.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private void begin(CudaStream stream) {
    queued = 0;
    if (ballastAddress == 0) {
      ballastAddress = driver.allocate(ballast.bytes());
    }
    for (int fill = 0; fill < ballast.fills(); fill++) {
      driver.zero(ballastAddress, ballast.bytes(), stream);
    }
    for (int pair = 0; pair < EMPTY_PAIRS; pair++) {
      pairs.add(new Pair(NOTHING, List.of(), 0, record(stream), record(stream)));
    }
  }

  private CUevent record(CudaStream stream) {
    CUevent event = events.poll();
    if (event == null) {
      CUevent made = new CUevent();
      JCudaBinding.check(JCudaDriver.cuEventCreate(made, 0), () -> "cuEventCreate");
      event = made;
    }
    CUevent recorded = event;
    JCudaBinding.check(
        JCudaDriver.cuEventRecord(recorded, JCudaBinding.handle(stream)), () -> "cuEventRecord");
    return event;
  }

  /** What was queued is done, and the host no longer ahead. */
  private void read() {
    queued = ballast.piece();
    for (Pair pair : pairs) {
      float[] milliseconds = new float[1];
      JCudaBinding.check(
          JCudaDriver.cuEventElapsedTime(milliseconds, pair.before(), pair.after()),
          () -> "cuEventElapsedTime");
      measured.add(new Timed(pair.name(), pair.sizes(), pair.bytes(), milliseconds[0]));
      events.add(pair.before());
      events.add(pair.after());
    }
    pairs.clear();
  }
}
