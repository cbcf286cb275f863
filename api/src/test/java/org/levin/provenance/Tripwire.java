package org.levin.provenance;

import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A class that a hostile file names: OLCUT's own reader would load it and make an instance. */
public final class Tripwire implements ObjectProvenance {
  private static final long serialVersionUID = 1L;

  /** The system property that is set once this class is initialized. */
  public static final String LOADED = "org.levin.provenance.Tripwire.loaded";

  static {
    System.setProperty(LOADED, "true");
  }

  /** Makes an instance as OLCUT would. */
  public Tripwire(Map<String, Provenance> fields) {}

  @Override
  public String getClassName() {
    return "tripwire";
  }

  @Override
  public Iterator<Pair<String, Provenance>> iterator() {
    return List.<Pair<String, Provenance>>of().iterator();
  }
}
