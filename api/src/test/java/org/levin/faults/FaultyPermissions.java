package org.levin.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** Permissions of a file, which may fail to be set. */
record FaultyPermissions(Path file, PosixFileAttributeView usual, Fault fault)
    implements PosixFileAttributeView {
  @Override
  public String name() {
    return usual.name();
  }

  @Override
  public PosixFileAttributes readAttributes() throws IOException {
    return usual.readAttributes();
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    fault.before(new Operation("set permissions", file));
    usual.setPermissions(permissions);
  }

  @Override
  public void setTimes(FileTime modified, FileTime read, FileTime created) throws IOException {
    fault.before(new Operation("set times", file));
    usual.setTimes(modified, read, created);
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return usual.getOwner();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    fault.before(new Operation("set owner", file));
    usual.setOwner(owner);
  }

  @Override
  public void setGroup(GroupPrincipal group) throws IOException {
    fault.before(new Operation("set group", file));
    usual.setGroup(group);
  }
}
