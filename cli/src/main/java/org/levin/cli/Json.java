package org.levin.cli;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What writes JSON; made when it is first needed, since its classes take a fifth of a second to
 * load.
 */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}
}
