package org.levin.corpus;

import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.levin.format.DamagedFileException;
import org.levin.text.Vocabulary;

/**
 * Reads and checks a corpus file, all but the tokens themselves; see {@link CorpusLayout}.
 *
 * <p>Flatbuffers check nothing: what leads out of the file ends in one of the JDK's exceptions for
 * a wrong index, and what could take time or memory without end is compared with the size of the
 * file first.
 */
final class CorpusFileReader {
  /** Bytes of a schema's metadata: a hundred times what the writer needs. */
  private static final long LONGEST_SCHEMA = 16_384;

  private final MemorySegment file;
  private final FileStructure structure;
  private final CorpusLayout layout;
  private final FileDictionary dictionary;
  private final List<MappedTokens.TokenBatch> batches;
  private final List<CorpusSource> sources;

  /** What a corpus file holds; the tokens stay where they are. */
  record Content(Vocabulary vocabulary, MappedTokens tokens, List<CorpusSource> sources) {}

  private CorpusFileReader(MemorySegment file) {
    this.file = file;
    this.structure = FileStructure.read(file);
    this.dictionary = FileDictionary.read(file, structure.dictionary());
    this.layout = layout(structure.schema());
    Malformed.unless(
        layout.equals(layout(headSchema())), "the schemas in the head and in the footer differ");
    this.batches = batches();
    this.sources = sources();
  }

  /**
   * Reads a file.
   *
   * @param name the file's name for messages
   * @param known the vocabulary, where the caller has it
   * @throws DamagedFileException if anything is not as it should be
   * @throws IllegalArgumentException if the vocabulary is not the file's, or is missing though its
   *     type is not one of Levin's own
   */
  static Content read(Path name, MemorySegment file, Optional<Vocabulary> known)
      throws DamagedFileException {
    try {
      CorpusFileReader reader = parse(file);
      Vocabulary vocabulary = reader.dictionary.vocabulary(reader.layout, known);
      return new Content(
          vocabulary, new MappedTokens(name, file, reader.layout, reader.batches), reader.sources);
    } catch (Malformed e) {
      throw new DamagedFileException(name, e.getMessage(), e);
    }
  }

  private static CorpusFileReader parse(MemorySegment file) {
    try {
      return new CorpusFileReader(file);
    } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
      throw new Malformed(
          "the structure leads nowhere, so the file is damaged or no corpus: " + e.getMessage(), e);
    }
  }

  private Schema headSchema() {
    FileBlock head = new FileBlock(CorpusLayout.HEAD.length, headLength(), 0, 0);
    Schema schema = new Schema();
    Malformed.unless(
        FileMessage.read(file, head, MessageHeader.Schema).header(schema) != null,
        "the head has no schema");
    return schema;
  }

  private int headLength() {
    return (int) structure.dictionary().offset() - CorpusLayout.HEAD.length;
  }

  private CorpusLayout layout(Schema schema) {
    ArrowMetadata metadata =
        ArrowMetadata.read(
            schema::customMetadata, schema.customMetadataLength(), 0, LONGEST_SCHEMA);
    String version = metadata.text(CorpusLayout.VERSION_KEY);
    Malformed.unless(
        version.equals(CorpusLayout.VERSION),
        "a corpus of format \"%.20s\"; this release reads \"%s\"",
        version,
        CorpusLayout.VERSION);
    CorpusLayout layout =
        new CorpusLayout(
            metadata.text(CorpusLayout.TYPE_KEY),
            dictionary.size(),
            metadata.text(CorpusLayout.FINGERPRINT_KEY));
    Malformed.unless(
        schema.endianness() == Endianness.Little && schema.fieldsLength() == 1,
        "the schema must be little-endian and have one column, but has %d",
        schema.fieldsLength());
    checkColumn(schema.fields(0), layout);
    return layout;
  }

  private static void checkColumn(Field column, CorpusLayout layout) {
    Malformed.unless(
        ArrowMetadata.string(column.nameAsByteBuffer()).equals(CorpusLayout.COLUMN)
            && !column.nullable()
            && column.typeType() == (layout.isText() ? Type.Utf8 : Type.Binary)
            && column.childrenLength() == 0,
        "the column must be \"%s\", not nullable, of symbols of the type \"%s\"",
        CorpusLayout.COLUMN,
        layout.vocabularyType());
    DictionaryEncoding encoding = column.dictionary();
    Int indexType = encoding == null ? null : encoding.indexType();
    Malformed.unless(
        indexType != null
            && encoding.id() == 0
            && indexType.isSigned()
            && indexType.bitWidth() == layout.indexWidth() * Byte.SIZE,
        "the column must have signed ids of %d bits, for %d symbols",
        layout.indexWidth() * Byte.SIZE,
        layout.vocabularySize());
  }

  private List<MappedTokens.TokenBatch> batches() {
    List<MappedTokens.TokenBatch> batches = new ArrayList<>();
    int last = structure.batches().size() - 1;
    long tokens = 0;
    for (int i = 0; i <= last; i++) {
      FileBlock block = structure.batches().get(i);
      RecordBatch batch = new RecordBatch();
      Malformed.unless(
          FileMessage.read(file, block, MessageHeader.RecordBatch).header(batch) != null,
          "record batch %d is empty",
          i);
      long rows = batch.length();
      Malformed.unless(
          i == last
              ? rows > 0 && rows <= CorpusLayout.BATCH_TOKENS
              : rows == CorpusLayout.BATCH_TOKENS,
          "record batch %d of %d has %d tokens; all but the last must have %d, the last at least 1",
          i,
          last + 1,
          rows,
          CorpusLayout.BATCH_TOKENS);
      int length = FileMessage.buffers(file, block, batch, 1).getFirst().limit();
      Malformed.unless(
          length == rows * layout.indexWidth(),
          "record batch %d has %d tokens in %d bytes",
          i,
          rows,
          length);
      batches.add(new MappedTokens.TokenBatch(block, (int) rows));
      tokens += rows;
    }
    long promised = structure.metadata().number(CorpusLayout.TOKENS_KEY);
    Malformed.unless(
        tokens == promised,
        "the record batches have %d tokens, but the footer says %d",
        tokens,
        promised);
    return batches;
  }

  private List<CorpusSource> sources() {
    ArrowMetadata metadata = structure.metadata();
    List<CorpusSource> sources = new ArrayList<>();
    for (int i = 0; metadata.has(CorpusLayout.sourceKey(i, "name")); i++) {
      sources.add(
          new CorpusSource(
              metadata.text(CorpusLayout.sourceKey(i, "name")),
              metadata.number(CorpusLayout.sourceKey(i, "size")),
              metadata.text(CorpusLayout.sourceKey(i, "sha256"))));
    }
    Malformed.unless(!sources.isEmpty(), "the footer names no source");
    return sources;
  }
}
