package org.levin.sampling;

/** Divides every logit by the temperature of the draw. */
record ScheduledTemperature(TemperatureSchedule schedule, long draw) implements Sampler {
  @Override
  public void reshape(float[] logits) {
    new Temperature(schedule.at(draw)).reshape(logits);
  }

  @Override
  public Sampler afterDraw(int id, double probability) {
    return new ScheduledTemperature(schedule, draw + 1);
  }

  @Override
  public String toString() {
    return "temperature(" + schedule + ")";
  }
}
