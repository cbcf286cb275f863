package org.levin.engine;

import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Class files in a folder, each broken in its own way, as engines are whose jar is old, new, cut
 * off, or alone.
 */
record BrokenClasses(Path folder) {
  private static final int TODAY = ClassFile.latestMajorVersion();

  /** A class file of a version that no JVM of today reads. */
  void addClassOfTheFuture(String name) throws IOException {
    addProvider(name, TODAY + 100, ConstantDescs.CD_Object, builder -> {});
  }

  /** A class whose superclass is not on the class path. */
  void addClassWithoutItsParent(String name) throws IOException {
    addProvider(name, TODAY, ClassDesc.of("missing.Parent"), builder -> {});
  }

  /** A class whose constructor makes something that is not on the class path. */
  void addClassWithoutItsLibrary(String name) throws IOException {
    addProvider(
        name,
        constructor(
            ConstantDescs.MTD_void, code -> code.new_(ClassDesc.of("missing.Library")).pop()));
  }

  /** A class whose only constructor takes what is not on the class path. */
  void addClassWithoutItsArgument(String name) throws IOException {
    addProvider(
        name,
        constructor(
            MethodTypeDesc.of(ConstantDescs.CD_void, ClassDesc.of("missing.Argument")),
            code -> {}));
  }

  /** A class that does not have the methods of today's interface. */
  void addClassOfAnotherVersion(String name) throws IOException {
    addProvider(name, constructor(ConstantDescs.MTD_void, code -> {}));
  }

  /** A class file of which only the first half was copied. */
  void addHalfAClass(String name) throws IOException {
    addClassOfAnotherVersion(name);
    byte[] whole = Files.readAllBytes(file(name));
    Files.write(file(name), Arrays.copyOf(whole, whole.length / 2));
  }

  /** A class file that is called otherwise than its class. */
  void addClassOfAnotherName(String name) throws IOException {
    addClassOfAnotherVersion("another.Name");
    Files.createDirectories(file(name).getParent());
    Files.move(file("another.Name"), file(name));
  }

  /** A sound class that does not implement the interface. */
  void addClassThatIsNoProvider(String name) throws IOException {
    add(name, TODAY, ConstantDescs.CD_Object, constructor(ConstantDescs.MTD_void, code -> {}));
  }

  private void addProvider(String name, Consumer<ClassBuilder> members) throws IOException {
    addProvider(name, TODAY, ConstantDescs.CD_Object, members);
  }

  private void addProvider(
      String name, int version, ClassDesc parent, Consumer<ClassBuilder> members)
      throws IOException {
    ClassDesc provider = ClassDesc.of(EngineProvider.class.getName());
    add(name, version, parent, members.andThen(builder -> builder.withInterfaceSymbols(provider)));
  }

  private void add(String name, int version, ClassDesc parent, Consumer<ClassBuilder> members)
      throws IOException {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                builder -> {
                  builder.withVersion(version, 0).withSuperclass(parent);
                  builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER);
                  members.accept(builder);
                });
    Files.createDirectories(file(name).getParent());
    Files.write(file(name), bytes);
  }

  private static Consumer<ClassBuilder> constructor(
      MethodTypeDesc type, Consumer<CodeBuilder> body) {
    return builder ->
        builder.withMethodBody(
            ConstantDescs.INIT_NAME,
            type,
            ClassFile.ACC_PUBLIC,
            code -> {
              code.aload(0)
                  .invokespecial(
                      ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
              body.accept(code);
              code.return_();
            });
  }

  private Path file(String name) {
    return folder.resolve(name.replace('.', '/') + ".class");
  }
}
