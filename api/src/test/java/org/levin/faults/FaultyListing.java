package org.levin.faults;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The entries of a folder; to list them may fail half way, as it may on a real disk. */
record FaultyListing(Path folder, List<Path> entries, Fault fault)
    implements DirectoryStream<Path> {
  @Override
  public Iterator<Path> iterator() {
    try {
      fault.before(new Operation("list", folder));
    } catch (IOException e) {
      throw new DirectoryIteratorException(e);
    }
    return entries.iterator();
  }

  @Override
  public void close() {}
}
