package org.levin.sampling;

/** One sampler after the other. */
record SamplerChain(Sampler first, Sampler next) implements Sampler {
  @Override
  public void reshape(float[] logits) {
    first.reshape(logits);
    next.reshape(logits);
  }

  @Override
  public String toString() {
    return first + " -> " + next;
  }
}
