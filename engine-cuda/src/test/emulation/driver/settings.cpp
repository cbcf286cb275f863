#include "settings.h"

#include <cerrno>
#include <cstdlib>

#include "failure.h"

namespace levin::emulation {

namespace {

std::uint64_t number(const std::string& name, const std::string& text) {
  errno = 0;
  char* end = nullptr;
  const std::uint64_t value = std::strtoull(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0' || errno != 0 || text[0] == '-') {
    throw Failure{invalidValue, name + " is not a number: " + text};
  }
  return value;
}

template <typename T>
void read(const char* name, T& value) {
  const char* const text = std::getenv(name);
  if (text != nullptr) {
    value = static_cast<T>(number(name, text));
  }
}

// The part of the text up to the colon; the text keeps the rest.
std::string takePart(std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string part = text.substr(0, colon);
  text = colon == std::string::npos ? "" : text.substr(colon + 1);
  return part;
}

}  // namespace

Settings settingsOfEnvironment() {
  Settings settings;
  read("LEVIN_EMULATION_SEED", settings.seed);
  read("LEVIN_EMULATION_DEVICES", settings.devices);
  read("LEVIN_EMULATION_DRIVER_VERSION", settings.driverVersion);
  read("LEVIN_EMULATION_CAPABILITY", settings.capability);
  read("LEVIN_EMULATION_MEMORY", settings.memory);
  read("LEVIN_EMULATION_MULTIPROCESSORS", settings.multiprocessors);
  read("LEVIN_EMULATION_COOPERATIVE", settings.cooperative);
  read("LEVIN_EMULATION_COMPUTE_MODE", settings.computeMode);
  const char* const streams = std::getenv("LEVIN_EMULATION_STREAMS");
  if (streams != nullptr) {
    settings.deferred = std::string(streams) != "immediate";
  }
  const char* const fault = std::getenv("LEVIN_EMULATION_FAULT");
  if (fault != nullptr) {
    std::string text = fault;
    settings.faultFunction = takePart(text);
    if (!text.empty()) {
      settings.faultCall = number("LEVIN_EMULATION_FAULT", takePart(text));
    }
    if (!text.empty()) {
      settings.faultResult = static_cast<int>(number("LEVIN_EMULATION_FAULT", text));
    }
  }
  return settings;
}

}  // namespace levin::emulation
