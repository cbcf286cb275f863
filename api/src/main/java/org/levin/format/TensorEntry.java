package org.levin.format;

import java.util.List;

/**
 * What the header of a safetensors file says of one tensor.
 *
 * @param begin first byte of its values, counted from the end of the header
 * @param end the byte after its last one
 */
record TensorEntry(String name, ElementType type, List<Long> shape, long begin, long end) {

  TensorEntry {
    shape = List.copyOf(shape);
  }
}
