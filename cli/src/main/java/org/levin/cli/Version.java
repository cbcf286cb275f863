package org.levin.cli;

import picocli.CommandLine;

/** Says which version this is. */
final class Version implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "levin " + (version == null ? "development" : version) + " (Java " + Runtime.version() + ")"
    };
  }
}
