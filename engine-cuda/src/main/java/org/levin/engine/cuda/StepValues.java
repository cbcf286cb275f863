package org.levin.engine.cuda;

import java.nio.ByteBuffer;
import org.levin.engine.DropoutMask;
import org.levin.engine.TrainingStep;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.driver.UploadBuffer;

/** What a step of training is told, as {@code StepValues} of the kernels lies in memory. */
final class StepValues {
  /** The size, a multiple of that of its largest members. */
  private static final int BYTES = 64;

  private final UploadBuffer upload;

  StepValues(DeviceScope scope) {
    upload = new UploadBuffer(BYTES, scope);
  }

  /** Returns where they lie. */
  long address() {
    return upload.address();
  }

  /** Takes over a step, and queues the copy to the device. */
  void put(TrainingStep step) {
    write(step, upload.contents());
    upload.upload();
  }

  /** Writes them; the factors are rounded once, as on every engine. */
  private static void write(TrainingStep step, ByteBuffer target) {
    var adam = step.adam();
    DropoutMask mask = new DropoutMask(step);
    double firstBias = 1 - StrictMath.pow(adam.beta1(), step.number());
    double secondBias = 1 - StrictMath.pow(adam.beta2(), step.number());
    target.putLong(0, step.seed());
    target.putLong(8, mask.threshold());
    target.putDouble(16, step.clipNorm());
    target.putInt(24, (int) step.number());
    target.putFloat(28, mask.scale());
    target.putFloat(32, (float) adam.beta1());
    target.putFloat(36, (float) (1 - adam.beta1()));
    target.putFloat(40, (float) adam.beta2());
    target.putFloat(44, (float) (1 - adam.beta2()));
    target.putFloat(48, (float) (step.learningRate() / firstBias));
    target.putFloat(52, (float) (1 / Math.sqrt(secondBias)));
    target.putFloat(56, (float) adam.epsilon());
  }
}
