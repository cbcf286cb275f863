package org.levin.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.levin.SequenceModel;
import org.levin.internal.Arguments;
import org.tribuo.protos.core.SequenceModelProto;

/**
 * A model and its name in Tribuo's protobuf: {@code message { bytes file = 1; string name = 2; }}.
 * That is a {@code BytesValue} with one field more, which spares a compiler of protobuf.
 */
record ModelMessage(SequenceModel model, String name) {
  private static final int VERSION = 0;
  private static final int NAME = 2;

  static SequenceModelProto of(SequenceModel model, String name) {
    UnknownFieldSet.Field field =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFromUtf8(name))
            .build();
    BytesValue message =
        BytesValue.newBuilder()
            .setValue(ByteString.copyFrom(write(model)))
            .setUnknownFields(UnknownFieldSet.newBuilder().addField(NAME, field).build())
            .build();
    return SequenceModelProto.newBuilder()
        .setVersion(VERSION)
        .setClassName(LabelSequenceModel.class.getName())
        .setSerializedData(Any.pack(message))
        .build();
  }

  static ModelMessage read(int version, Any any) throws InvalidProtocolBufferException {
    Arguments.require(
        version == VERSION, "version %d is expected, but this is %d", VERSION, version);
    BytesValue message = any.unpack(BytesValue.class);
    List<ByteString> names = message.getUnknownFields().getField(NAME).getLengthDelimitedList();
    return new ModelMessage(
        load(message.getValue().toByteArray()),
        names.isEmpty() ? "" : names.getLast().toStringUtf8());
  }

  private static byte[] write(SequenceModel model) {
    try {
      Path file = Files.createTempFile("levin", ".safetensors");
      try {
        model.save(file);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SequenceModel load(byte[] bytes) {
    try {
      Path file = Files.createTempFile("levin", ".safetensors");
      try {
        return SequenceModel.load(Files.write(file, bytes));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
