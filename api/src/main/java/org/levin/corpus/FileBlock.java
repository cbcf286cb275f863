package org.levin.corpus;

/**
 * A block of a corpus file: an encapsulated message and its body.
 *
 * @param offset where it starts in the file
 * @param metadataLength bytes of the message with its prefix and padding
 * @param bodyLength bytes of the body, which follows
 * @param crc CRC-32C of the whole block
 */
record FileBlock(long offset, int metadataLength, long bodyLength, int crc) {
  long bodyOffset() {
    return offset + metadataLength;
  }

  long length() {
    return metadataLength + bodyLength;
  }

  long end() {
    return offset + length();
  }
}
