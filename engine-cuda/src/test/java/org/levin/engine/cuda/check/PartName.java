package org.levin.engine.cuda.check;

/** What there is to check and to measure. */
enum PartName {
  /** What the machine is. */
  DEVICE("device"),
  /** The contract of the engines, and the agreement with the CPU engine's numbers. */
  TESTS("tests"),
  /** Those that failed, launch by launch. */
  TESTS_AGAIN("tests again"),
  /** A training by the CPU engine. */
  TRAINING_CPU("training on the CPU"),
  /** The same on the GPU. */
  TRAINING("training"),
  /** The same once more. */
  TRAINING_AGAIN("training again"),
  /** A training on the text, as a user would. */
  TEXT("text"),
  /** Speeds of training and writing. */
  SPEED("speed"),
  /** Times by kernel. */
  KERNELS("kernels"),
  /** PyTorch's speeds. */
  TORCH("torch");

  private final String key;

  PartName(String key) {
    this.key = key;
  }

  /** Returns its name in the results. */
  String key() {
    return key;
  }
}
