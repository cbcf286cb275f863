package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileSafetensorsTest {
  private static final String SOUND = "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";

  @TempDir Path folder;

  @Test
  void readsTheSoundFileThatTheOthersAreMadeOf() throws IOException {
    Path file = RawFile.write(folder, RawFile.of(json(SOUND), new byte[8]));
    assertEquals(1, Safetensors.read(file).tensors().size());
  }

  @Test
  void refusesWhatIsNotARegularFile() {
    assertMessage(
        "no such file",
        assertThrows(NoSuchFileException.class, () -> Safetensors.read(folder.resolve("missing"))));
    assertMessage(
        "is a folder", assertThrows(FileSystemException.class, () -> Safetensors.read(folder)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void refusesAFileTooShortForALength(int size) {
    refuses("has " + size + " bytes", new byte[size]);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, -1})
  void refusesAnImpossibleHeaderLength(long length) {
    byte[] header = json(SOUND).getBytes(StandardCharsets.UTF_8);
    String shown = "the header has " + Long.toUnsignedString(length) + " bytes";
    refuses(shown, RawFile.withLength(length, header, new byte[8]));
  }

  @Test
  void refusesAHeaderAboveTheLimitEvenIfTheFileIsLarger() throws IOException {
    Path file = RawFile.write(folder, RawFile.withLength(100_000_001, json(SOUND).getBytes()));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(300_000_000);
    }
    refuses("possible are 2 to 100000000", file);
  }

  @Test
  void refusesAFileLargerThanTheMemory() throws IOException {
    long elements = Runtime.getRuntime().maxMemory() / 4 + 1;
    String header =
        "{'a':{'dtype':'F32','shape':[%d],'data_offsets':[0,%d]}}"
            .formatted(elements, elements * 4);
    byte[] start = RawFile.of(json(header));
    Path file = RawFile.write(folder, start);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(start.length + elements * 4);
    }
    assertMessage("-Xmx", assertThrows(IOException.class, () -> Safetensors.read(file)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        " {}",
        "{}{}",
        "{",
        "{}x",
        "{'a'}",
        "{'a':7}",
        "{'a':null}",
        "{'a':[]}",
        "{'a':{}}",
        "{'__metadata__':[]}",
        "{'__metadata__':'x'}",
        "{'__metadata__':{'a':7}}",
        "{'__metadata__':{'a':null}}",
        "{'__metadata__':{'a':true}}",
        "{'__metadata__':{'a':{}}}",
        "{'__metadata__':{'a':['x']}}",
        "{'__metadata__':{'a':'x','a':'x'}}",
        "{'__metadata__':{'a':'x','\\u0061':'x'}}",
        "{'__metadata__':{},'__metadata__':{}}",
        "{'__metadata__':{'a':'\\ud8'}}",
        "{/* */}",
        "{'a':NaN}",
      })
  void refusesHeadersOfAnotherForm(String header) {
    refuses("header", RawFile.of(json(header)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'dtype':'F32','shape':[2]",
        "'dtype':'F32','data_offsets':[0,8]",
        "'shape':[2],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[2],'data_offsets':[0,8],'more':1",
        "'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[2],'shape':[2],'data_offsets':[0,8]",
        "'dtype':'f32','shape':[2],'data_offsets':[0,8]",
        "'dtype':'F33','shape':[2],'data_offsets':[0,8]",
        "'dtype':32,'shape':[2],'data_offsets':[0,8]",
        "'dtype':null,'shape':[2],'data_offsets':[0,8]",
        "'dtype':'F32','shape':2,'data_offsets':[0,8]",
        "'dtype':'F32','shape':null,'data_offsets':[0,8]",
        "'dtype':'F32','shape':['2'],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[2.0],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[2e0],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[02],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[-2],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[-1,-2],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[2,-0],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[[2]],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[null],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[2,],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[9223372036854775808],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[99999999999999999999999999999999],'data_offsets':[0,8]",
        "'dtype':'F32','shape':[2],'data_offsets':[0]",
        "'dtype':'F32','shape':[2],'data_offsets':[]",
        "'dtype':'F32','shape':[2],'data_offsets':[0,8,8]",
        "'dtype':'F32','shape':[2],'data_offsets':[0,8.0]",
        "'dtype':'F32','shape':[2],'data_offsets':[-8,0]",
        "'dtype':'F32','shape':[2],'data_offsets':{'0':8}",
      })
  void refusesTensorEntriesOfAnotherForm(String entry) {
    refuses("header", RawFile.of(json("{'a':{" + entry + "}}"), new byte[8]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "[3]",
        "[]",
        "[0]",
        "[2,0]",
        "[4611686018427387906]",
        "[4294967296,4294967296,0]",
        "[9223372036854775807,9223372036854775807]",
        "[1099511627776]",
      })
  void refusesAShapeThatDoesNotFillItsBytes(String shape) {
    refuses("does not fill its 8 bytes", tensor("F32", shape, "0,8"));
  }

  @ParameterizedTest
  @CsvSource({"F64,[2]", "U8,[2]", "F4,[3]", "F6_E2M3,[3]", "BOOL,[9]", "F16,[3]"})
  void refusesAShapeThatDoesNotFillItsBytesWhateverTheType(String type, String shape) {
    refuses("does not fill its 8 bytes", tensor(type, shape, "0,8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8,0", "0,12", "4,12", "8,16", "0,9223372036854775807"})
  void refusesOffsetsOutsideTheFile(String offsets) {
    refuses("of 8 after the header", tensor("F32", "[2]", offsets));
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 1_000_000})
  void refusesMoreDimensionsThanAnyoneHas(int rank) {
    refuses("at most 64", tensor("F32", "[" + "1,".repeat(rank - 1) + "2]", "0,8"));
  }

  @Test
  void refusesADimensionBeyondTheIntegers() {
    String shape = "[0,2147483648]";
    String header = "{'a':{'dtype':'F32','shape':" + shape + ",'data_offsets':[0,0]}}";
    refuses("dimension of 2147483648", RawFile.of(json(header)));
  }

  @ParameterizedTest
  @CsvSource({
    "BOOL,[8]",
    "U8,[8]",
    "I8,[8]",
    "F8_E4M3,[8]",
    "F8_E5M2,[8]",
    "F8_E8M0,[8]",
    "F8_E4M3FNUZ,[8]",
    "F8_E5M2FNUZ,[8]",
    "I16,[4]",
    "U16,[4]",
    "F16,[4]",
    "BF16,[4]",
    "U32,[2]",
    "I32,[2]",
    "F64,[1]",
    "I64,[1]",
    "U64,[1]",
    "C64,[1]",
    "F4,[16]"
  })
  void namesTheTypeThatItCannotTake(String type, String shape) {
    refuses("tensor \"a\" is " + type + "; F32 is expected", tensor(type, shape, "0,8"));
  }

  @Test
  void refusesGapsOverlapsAndTrailingBytes() {
    refuses("begins at byte 8 after the header; 4 is expected", twoTensors("0,4", "8,12", 12));
    refuses("begins at byte 4 after the header; 0 is expected", twoTensors("4,8", "8,12", 12));
    refuses("begins at byte 0 after the header; 4 is expected", twoTensors("0,4", "0,4", 4));
    refuses("begins at byte 2 after the header; 4 is expected", twoTensors("0,4", "2,6", 6));
    refuses("9 bytes follow the header, but its tensors take 8", twoTensors("0,4", "4,8", 9));
    refuses("1 bytes follow the header, but its tensors take 0", RawFile.of("{}", (byte) 0));
  }

  @Test
  void refusesTwoTensorsOfOneName() {
    String entry = "'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}";
    refuses("not there before", RawFile.of(json("{" + entry + "," + entry + "}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "[", "{\"a\":[", "{\"__metadata__\":"})
  void refusesDeepNesting(String level) {
    refuses("header", RawFile.of("{\"a\":" + level.repeat(100_000)));
  }

  @Test
  void refusesTooManyNames() {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{");
    for (int i = 0; i <= 1_000_000; i++) {
      header.append(i == 0 ? "\"" : ",\"").append(i).append("\":\"\"");
    }
    refuses("at most 1000000", RawFile.of(header.append("}}").toString()));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '{', '}', '}'};
    refuses("not UTF-8", RawFile.withLength(overlong.length, overlong));
    byte[] utf16 = json(SOUND).getBytes(StandardCharsets.UTF_16LE);
    refuses("header", RawFile.withLength(utf16.length, utf16, new byte[8]));
  }

  @Test
  void showsNoControlCharactersAndNoEndlessNamesInMessages() {
    String name = "\\u001b[31m" + "x".repeat(10_000);
    String header = "{'" + name + "':{'dtype':'F32','shape':[1],'data_offsets':[0,8]}}";
    DamagedFileException exception =
        refuses("does not fill", RawFile.of(json(header), new byte[8]));
    assertTrue(exception.getMessage().length() < 1_000);
    assertTrue(exception.getMessage().chars().noneMatch(Character::isISOControl));
  }

  private DamagedFileException refuses(String because, byte[] bytes) {
    return refuses(because, RawFile.write(folder, bytes));
  }

  private static DamagedFileException refuses(String because, Path file) {
    DamagedFileException exception =
        assertThrows(DamagedFileException.class, () -> Safetensors.read(file));
    assertMessage(because, exception);
    assertMessage(file.toString(), exception);
    return exception;
  }

  private static void assertMessage(String part, Exception exception) {
    assertTrue(exception.getMessage().contains(part), exception::getMessage);
  }

  private static byte[] tensor(String type, String shape, String offsets) {
    String entry = "'dtype':'%s','shape':%s,'data_offsets':[%s]".formatted(type, shape, offsets);
    return RawFile.of(json("{'a':{" + entry + "}}"), new byte[8]);
  }

  private static byte[] twoTensors(String first, String second, int dataSize) {
    String entry = "'%s':{'dtype':'F32','shape':[1],'data_offsets':[%s]}";
    String header = "{" + entry.formatted("b", second) + "," + entry.formatted("a", first) + "}";
    return RawFile.of(json(header), new byte[dataSize]);
  }

  private static String json(String single) {
    return single.replace('\'', '"');
  }
}
