package org.levin.engine.cuda.driver;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is freed together, the latest first. */
public final class DeviceScope implements AutoCloseable {
  private final DeviceContext context;
  private final Deque<Member> members = new ArrayDeque<>();

  /** What a scope closes. */
  @FunctionalInterface
  public interface Member extends AutoCloseable {
    @Override
    void close();
  }

  /** Makes an empty scope. */
  public DeviceScope(DeviceContext context) {
    this.context = context;
  }

  /** Returns where its memory comes from. */
  public DeviceContext context() {
    return context;
  }

  /** Takes memory. */
  public DeviceMemory allocate(long bytes) {
    DeviceMemory memory = context.allocate(bytes);
    members.push(memory::close);
    return memory;
  }

  /** Takes memory for floats. */
  public DeviceMemory floats(long count) {
    DeviceMemory memory = context.floats(count);
    members.push(memory::close);
    return memory;
  }

  /** Takes memory for floats, and queues that it is filled with zeros. */
  public DeviceMemory zeros(long count) {
    DeviceMemory memory = floats(count);
    context.zero(memory);
    return memory;
  }

  /** Adds what is closed with the rest. */
  public <T> T add(T member, Member closing) {
    members.push(closing);
    return member;
  }

  @Override
  public void close() {
    Releases releases = new Releases();
    while (!members.isEmpty()) {
      releases.run(members.pop()::close);
    }
    releases.finish();
  }
}
