#include "ptx.h"

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "failure.h"

namespace levin::emulation {

namespace {

// The text without comments, which could hold anything.
std::string withoutComments(const std::string& text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); at++) {
    if (text.compare(at, 2, "//") == 0) {
      at = std::min(text.find('\n', at), text.size()) - 1;
    } else if (text.compare(at, 2, "/*") == 0) {
      at = std::min(text.find("*/", at), text.size() - 2) + 1;
    } else {
      result += text[at];
    }
  }
  return result;
}

// The bytes of a declaration such as `.param .u64 .ptr .align 1 name` or `.shared .align 16 .b8 name[528]`.
std::size_t declaredBytes(const std::string& declaration) {
  std::size_t bytes = 0;
  std::istringstream words(declaration);
  for (std::string word; words >> word;) {
    if (word.size() > 2 && word[0] == '.' && std::strchr("usfb", word[1]) != nullptr && std::isdigit(static_cast<unsigned char>(word[2])) != 0) {
      bytes = std::strtoull(word.c_str() + 2, nullptr, 10) / 8;
    }
  }
  if (bytes == 0) {
    throw Failure{invalidPtx, "a declaration without a type: " + declaration};
  }
  const std::size_t count = declaration.find('[');
  return count == std::string::npos ? bytes : bytes * std::strtoull(declaration.c_str() + count + 1, nullptr, 10);
}

// Where the bracket that opens at `open` closes.
std::size_t closing(const std::string& text, std::size_t open, char opens, char closes) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); at++) {
    depth += text[at] == opens ? 1 : text[at] == closes ? -1 : 0;
    if (depth == 0) {
      return at;
    }
  }
  throw Failure{invalidPtx, "the PTX ends within a kernel"};
}

std::vector<std::size_t> parameterSizes(const std::string& list) {
  std::vector<std::size_t> sizes;
  std::size_t from = 0;
  while (from < list.size()) {
    const std::size_t comma = std::min(list.find(',', from), list.size());
    const std::string declaration = list.substr(from, comma - from);
    if (declaration.find(".param") != std::string::npos) {
      sizes.push_back(declaredBytes(declaration));
    }
    from = comma + 1;
  }
  return sizes;
}

std::size_t sharedBytes(const std::string& body) {
  std::size_t sum = 0;
  for (std::size_t at = body.find(".shared .align"); at != std::string::npos; at = body.find(".shared .align", at + 1)) {
    sum += declaredBytes(body.substr(at, body.find(';', at) - at));
  }
  return sum;
}

int numberAfter(const std::string& text, const char* word) {
  const std::size_t at = text.find(word);
  if (at == std::string::npos) {
    throw Failure{invalidImage, std::string("the image is no PTX: it has no ") + word};
  }
  int number = 0;
  for (std::size_t digit = at + std::char_traits<char>::length(word); digit < text.size() && text[digit] != '\n'; digit++) {
    if (std::isdigit(static_cast<unsigned char>(text[digit])) != 0) {
      number = number * 10 + (text[digit] - '0');
    }
  }
  return number;
}

}  // namespace

Ptx readPtx(const std::string& commented) {
  const std::string text = withoutComments(commented);
  Ptx ptx;
  ptx.version = numberAfter(text, ".version ");
  ptx.target = numberAfter(text, ".target sm_");
  static const std::string entry = ".entry ";
  for (std::size_t at = text.find(entry); at != std::string::npos; at = text.find(entry, at + 1)) {
    const std::size_t open = text.find('(', at);
    const std::size_t body = text.find('{', at);
    if (open == std::string::npos || body == std::string::npos || body < open) {
      throw Failure{invalidPtx, "a kernel without parameters or body"};
    }
    const std::size_t name = text.find_first_not_of(" \t\n", at + entry.size());
    const std::size_t nameEnd = text.find_first_of(" \t\n(", name);
    const std::size_t close = closing(text, open, '(', ')');
    ptx.entries[text.substr(name, nameEnd - name)] = {
        parameterSizes(text.substr(open + 1, close - open - 1)), sharedBytes(text.substr(body, closing(text, body, '{', '}') - body))};
  }
  return ptx;
}

int neededDriver(int ptxVersion) {
  const int major = ptxVersion / 10;
  int minor = ptxVersion % 10;
  // PTX 8.5 came with CUDA 12.5 and 12.6; from then on its minor version is one behind.
  if (major == 8 && minor > 5) {
    minor++;
  }
  return (major + 4) * 1000 + minor * 10;
}

}  // namespace levin::emulation
