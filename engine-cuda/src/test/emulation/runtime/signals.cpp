#include "signals.h"

#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <cstdio>

namespace levin::emulation {

namespace {

constexpr int handled[] = {SIGSEGV, SIGBUS, SIGFPE};
struct sigaction previous[3];
bool installed = false;
std::atomic<bool> emulating{false};
pthread_t emulator;
sigjmp_buf jump;
int signalNumber;
const void* signalAddress;
// An overflowed stack has no room for the handler.
alignas(16) unsigned char handlerStack[64 * 1024];
stack_t previousStack;

void passOn(int number, siginfo_t* information, void* context) {
  for (int index = 0; index < 3; index++) {
    if (handled[index] == number) {
      const struct sigaction& before = previous[index];
      if ((before.sa_flags & SA_SIGINFO) != 0) {
        before.sa_sigaction(number, information, context);
      } else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) {
        before.sa_handler(number);
      } else {
        // The access happens again and ends the process, as it would have without us.
        sigaction(number, &before, nullptr);
      }
    }
  }
}

void handle(int number, siginfo_t* information, void* context) {
  if (!emulating.load(std::memory_order_acquire) || !pthread_equal(pthread_self(), emulator)) {
    passOn(number, information, context);
    return;
  }
  signalNumber = number;
  signalAddress = information->si_addr;
  siglongjmp(jump, 1);
}

void install() {
  for (int index = 0; index < 3; index++) {
    sigaction(handled[index], nullptr, &previous[index]);
    struct sigaction action = previous[index];
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    sigaction(handled[index], &action, nullptr);
  }
}

}  // namespace

SignalGuard::SignalGuard() {
  if (!installed) {
    install();
    installed = true;
  }
  stack_t stack{};
  stack.ss_sp = handlerStack;
  stack.ss_size = sizeof handlerStack;
  sigaltstack(&stack, &previousStack);
  emulator = pthread_self();
  emulating.store(true, std::memory_order_release);
}

SignalGuard::~SignalGuard() {
  emulating.store(false, std::memory_order_release);
  sigaltstack(&previousStack, nullptr);
}

sigjmp_buf& signalJump() { return jump; }

CaughtSignal caughtSignal() {
  // The jump left the handler without the return that would have restored the mask.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : handled) {
    sigaddset(&signals, number);
  }
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  if (signalNumber == SIGFPE) {
    return {false, nullptr, "integer division by zero or overflow"};
  }
  char text[96];
  std::snprintf(text, sizeof text, "access to the illegal address %p", signalAddress);
  return {true, signalAddress, text};
}

}  // namespace levin::emulation
