package org.levin.sampling;

/** One sampler after the other. */
record SamplerChain(Sampler first, Sampler next) implements Sampler {
  @Override
  public void reshape(float[] logits) {
    first.reshape(logits);
    next.reshape(logits);
  }

  @Override
  public Sampler after(int id) {
    return of(first.after(id), next.after(id));
  }

  @Override
  public Sampler afterDraw(int id, double probability) {
    return of(first.afterDraw(id, probability), next.afterDraw(id, probability));
  }

  /** Most chains never change. */
  private Sampler of(Sampler first, Sampler next) {
    return first == this.first && next == this.next ? this : new SamplerChain(first, next);
  }

  @Override
  public String toString() {
    return first + " -> " + next;
  }
}
