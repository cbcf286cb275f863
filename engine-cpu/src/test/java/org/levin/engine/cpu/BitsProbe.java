package org.levin.engine.cpu;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.EngineOptions;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/**
 * A few steps of training with dropout and clipping, on sizes that leave remainders; as a program,
 * so that a test may run it in a JVM with other vectors.
 */
final class BitsProbe {
  static final int VOCABULARY = 29;

  /** Odd sizes, and one that fills whole tiles. */
  static final int[] HIDDEN = {1, 7, 16, 37, 67};

  private static final int ROWS = 11;
  private static final int STEPS = 9;

  private BitsProbe() {}

  /** Prints which kernels run here, and the digest of what they train. */
  public static void main(String... arguments) {
    KernelChoice.Chosen chosen = (KernelChoice.Chosen) KernelChoice.current();
    System.out.println("kernels: " + chosen.kernels().description());
    System.out.println("digest: " + digest(chosen.kernels(), 2));
  }

  /** Returns the SHA-256 of the parameters of all sizes after training. */
  static String digest(Kernels kernels, int threads) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (int hidden : HIDDEN) {
        float[] values = train(kernels, threads, hidden);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        sha256.update(bytes);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static float[] train(Kernels kernels, int threads, int hidden) {
    return train(kernels, threads, hidden, ROWS, STEPS);
  }

  static float[] train(Kernels kernels, int threads, int hidden, int rows, int steps) {
    try (var engine = new CpuEngine(new EngineOptions(threads), kernels);
        Network network = engine.network(parameters(hidden));
        NetworkState state = network.state(rows)) {
      for (int t = 1; t <= 4; t++) {
        Batch batch = new Batch(rows, steps, ids(rows * steps, t), ids(rows * steps, -t));
        network.train(batch, state, new TrainingStep(t, 1e-2, 0.3, 0.5, 7, Adam.DEFAULT));
      }
      return network.parameters().toArray();
    }
  }

  static Parameters parameters(int hidden) {
    return Initialization.UNIFORM.parameters(LstmArchitecture.of(2, hidden), VOCABULARY, 11);
  }

  static int[] ids(int count, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.generate(() -> random.nextInt(VOCABULARY)).limit(count).toArray();
  }
}
