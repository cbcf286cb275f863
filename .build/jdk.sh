# Finds the JDK that everything here is built and run with; sourced by Bash scripts.

needed=25

# Prints the file that the path $1 leads to when all its links are followed; not every macOS has readlink -f.
follow() {
  local path=$1 target
  while [ -L "$path" ]; do
    target=$(readlink "$path")
    case $target in
      /*) path=$target ;;
      *) path=$(dirname "$path")/$target ;;
    esac
  done
  echo "$(cd "$(dirname "$path")" && pwd -P)/$(basename "$path")"
}

# Prints the feature version of the JDK in folder $1, or nothing.
version_of() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the folder of a JDK that is new enough; fails where there is none.
find_jdk() {
  local on_path="" candidate version
  if command -v javac >/dev/null 2>&1; then
    on_path=$(dirname "$(dirname "$(follow "$(command -v javac)")")")
  fi
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "${HOME:-}"/.jdks/* "${HOME:-}"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/jdk* /opt/java/*; do
    [ -n "$candidate" ] || continue
    version=$(version_of "$candidate")
    if [ -n "$version" ] && [ "$version" -ge "$needed" ]; then
      echo "$candidate"
      return 0
    fi
  done
  return 1
}

# What to say when there is none.
no_jdk="a JDK $needed or newer is needed, and none was found in JAVA_HOME, on the PATH or in the usual folders; install one, for example Eclipse Temurin, and set JAVA_HOME"
