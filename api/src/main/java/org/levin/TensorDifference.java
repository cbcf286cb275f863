package org.levin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/**
 * A tensor that is not the same to the bit in two models.
 *
 * @param name the tensor's
 * @param firstShape its shape in the first model, if it is there
 * @param secondShape its shape in the second one, likewise
 * @param different how many values differ, where the shapes are the same
 * @param largest the largest distance of two values
 */
public record TensorDifference(
    String name,
    Optional<List<Integer>> firstShape,
    Optional<List<Integer>> secondShape,
    long different,
    double largest) {

  /** Returns all tensors that differ, in their order; none if the parameters are the same. */
  public static List<TensorDifference> between(Parameters first, Parameters second) {
    Map<String, ParameterTensor> others = new LinkedHashMap<>();
    second.tensors().forEach(tensor -> others.put(tensor.name(), tensor));
    List<TensorDifference> differences = new ArrayList<>();
    for (ParameterTensor tensor : first.tensors()) {
      Optional<ParameterTensor> other = Optional.ofNullable(others.remove(tensor.name()));
      if (other.isEmpty() || !other.get().shape().equals(tensor.shape())) {
        differences.add(
            ofShapes(
                tensor.name(), Optional.of(tensor.shape()), other.map(ParameterTensor::shape)));
      } else {
        ofValues(tensor, first.toArray(tensor), second.toArray(other.get()))
            .ifPresent(differences::add);
      }
    }
    for (ParameterTensor tensor : others.values()) {
      differences.add(ofShapes(tensor.name(), Optional.empty(), Optional.of(tensor.shape())));
    }
    return List.copyOf(differences);
  }

  private static TensorDifference ofShapes(
      String name, Optional<List<Integer>> first, Optional<List<Integer>> second) {
    return new TensorDifference(name, first, second, 0, 0);
  }

  private static Optional<TensorDifference> ofValues(
      ParameterTensor tensor, float[] first, float[] second) {
    long different = 0;
    double largest = 0;
    for (int i = 0; i < first.length; i++) {
      if (Float.floatToRawIntBits(first[i]) != Float.floatToRawIntBits(second[i])) {
        different++;
        largest = Math.max(largest, Math.abs((double) first[i] - second[i]));
      }
    }
    Optional<List<Integer>> shape = Optional.of(tensor.shape());
    return different == 0
        ? Optional.empty()
        : Optional.of(new TensorDifference(tensor.name(), shape, shape, different, largest));
  }

  /** Says for people what differs. */
  @Override
  public String toString() {
    if (firstShape.isEmpty()) {
      return name + ": only in the second model";
    }
    if (secondShape.isEmpty()) {
      return name + ": only in the first model";
    }
    if (!firstShape.equals(secondShape)) {
      return name + ": " + firstShape.get() + " and " + secondShape.get();
    }
    long all = firstShape.get().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    return String.format(
        Locale.ROOT, "%s: %d of %d values differ, by up to %.3g", name, different, all, largest);
  }
}
