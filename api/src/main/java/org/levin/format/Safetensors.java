package org.levin.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.levin.internal.Arguments;

/**
 * What a safetensors file holds: texts and tensors of 32-bit floating-point numbers, in order.
 *
 * <p>Metadata whose keys begin with {@code levin.} make it a file of Levin: it is written with a
 * digest of all its bytes as first metadata, {@code levin.sha256}, and is not read without a valid
 * one, so that one flipped bit anywhere is noticed. The digest is the format's own affair and never
 * among {@link #metadata}. Files without such keys are plain safetensors and have no digest.
 *
 * @param metadata texts by name, in order
 * @param tensors in the order of their values in the file; names differ
 * @see <a href="https://github.com/huggingface/safetensors">The safetensors format</a>
 */
public record Safetensors(Map<String, String> metadata, List<Tensor> tensors) {

  /**
   * Takes copies of map and list, not of the tensors' values.
   *
   * @throws IllegalArgumentException if two tensors have one name, or the metadata hold {@code
   *     levin.sha256}
   */
  public Safetensors {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = List.copyOf(tensors);
    Arguments.require(
        !metadata.containsKey(Seal.KEY), "%s is written by the format itself", Seal.KEY);
    int names = metadata.size() + tensors.size();
    Arguments.require(
        names <= SafetensorsHeader.MAXIMUM_NAMES,
        "%d tensors and metadata are too many; a file takes %d",
        names,
        SafetensorsHeader.MAXIMUM_NAMES);
    Set<String> seen = new HashSet<>();
    for (Tensor tensor : tensors) {
      Arguments.require(seen.add(tensor.name()), "two tensors are named %s", tensor.name());
    }
  }

  /** Returns the tensor of this name, if there is one; for many names use {@link #byName}. */
  public Optional<Tensor> tensor(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }

  /** Returns the tensors by name, in a new map that keeps their order and may be changed. */
  public Map<String, Tensor> byName() {
    Map<String, Tensor> map = new LinkedHashMap<>();
    tensors.forEach(tensor -> map.put(tensor.name(), tensor));
    return map;
  }

  /**
   * Reads a file, checking every rule of the format and, if it is one of Levin, its digest. Memory
   * is bounded by the size of the file, whatever it says of itself.
   *
   * @throws DamagedFileException if it is not a sound safetensors file of 32-bit floating-point
   *     tensors, or a file of Levin whose digest is missing or wrong
   * @throws IOException if it is missing, not a regular file, cannot be read, or is larger than the
   *     memory of this JVM can take
   */
  public static Safetensors read(Path file) throws IOException {
    return SafetensorsReader.read(file);
  }

  /**
   * Writes this to a file, which is replaced or made whole, or not at all ({@link AtomicFile}). The
   * same content gives the same bytes.
   *
   * @throws IllegalArgumentException if a text holds half a surrogate pair, or names and metadata
   *     take more than 100 MB
   * @throws IOException if the file cannot be written; what was there is untouched then
   */
  public void write(Path file) throws IOException {
    SafetensorsWriter.write(this, file);
  }
}
