"""Trains torch.nn.LSTM as gpu-check trains the engine, and prints how fast: --text FILE --seconds S --warm S SHAPE...

A shape is LAYERSxHIDDENxROWSxSTEPS. Two precisions: float32 where products may be TF32, and bfloat16 by autocast. Each is measured
twice: with the loss read after each step, as a training that shows it does, for which the host waits; and with the loss left on
the device, so that the host runs ahead, and waits at the end only.
"""
import argparse
import faulthandler
import json
import math
import signal
import sys
import time
import traceback

EVERY_STEP = "loss read every step"
AT_THE_END = "loss read at the end"


def finite(value):
    """What JSON can say: null for what is not finite."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def tell(result):
    print("result\t" + json.dumps({name: finite(value) for name, value in result.items()}, allow_nan=False), flush=True)


def pace(work, wait, warm, seconds):
    """Does something again and again, at first to warm up, and returns how often a second, to the end of the last."""
    for limit in (warm, seconds):
        wait()
        start = time.perf_counter()
        times = 0
        while time.perf_counter() - start < limit or times < 3:
            last = work()
            times += 1
        wait()
        passed = time.perf_counter() - start
    return times / passed, float(last)


class Training:
    def __init__(self, torch, device, shape, ids, vocabulary, autocast):
        self.torch = torch
        self.device = device
        layers, hidden, self.rows, self.steps = shape
        self.autocast = autocast
        self.vocabulary = vocabulary
        torch.manual_seed(42)
        self.lstm = torch.nn.LSTM(vocabulary, hidden, layers, dropout=0.5 if layers > 1 else 0.0).to(device)
        self.dropout = torch.nn.Dropout(0.5)
        self.linear = torch.nn.Linear(hidden, vocabulary).to(device)
        self.parameters = list(self.lstm.parameters()) + list(self.linear.parameters())
        self.adam = torch.optim.Adam(self.parameters, lr=1e-3)
        zeros = torch.zeros(layers, self.rows, hidden, device=device)
        self.state = (zeros, zeros.clone())
        self.batches = len(ids) // (self.rows * self.steps)
        stream = ids[: self.batches * self.rows * self.steps].view(self.rows, -1).t().contiguous()
        self.inputs = stream.to(device)
        self.targets = torch.roll(stream, -1, 0).to(device)
        self.next = 0

    def step(self):
        """Returns the loss, which may not be there yet."""
        torch = self.torch
        start = self.next % self.batches * self.steps
        self.next += 1
        inputs = torch.nn.functional.one_hot(self.inputs[start : start + self.steps], self.vocabulary).float()
        targets = self.targets[start : start + self.steps]
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.autocast):
            output, state = self.lstm(inputs, self.state)
            logits = self.linear(self.dropout(output))
            loss = torch.nn.functional.cross_entropy(logits.reshape(-1, self.vocabulary), targets.reshape(-1))
        self.adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 5.0)
        self.adam.step()
        self.state = tuple(part.detach().float() for part in state)
        return loss.detach()


def measure(torch, options, shape, ids, vocabulary, autocast, reading):
    numbers = tuple(int(number) for number in shape.split("x"))
    training = Training(torch, options.device, numbers, ids, vocabulary, autocast)
    work = (lambda: training.step().item()) if reading == EVERY_STEP else training.step
    wait = torch.cuda.synchronize if options.device == "cuda" else lambda: None
    per_second, loss = pace(work, wait, options.warm, options.seconds)
    return {
        "charactersPerSecond": per_second * numbers[2] * numbers[3],
        "millisecondsPerStep": 1e3 / per_second,
        "loss": loss,
    }


def versions(torch):
    return {
        "torch": torch.__version__,
        "cudnn": torch.backends.cudnn.version(),
        "cudnn.allow_tf32": torch.backends.cudnn.allow_tf32,
        "matmul.allow_tf32": torch.backends.cuda.matmul.allow_tf32,
    }


def main():
    if hasattr(signal, "SIGQUIT"):
        faulthandler.register(signal.SIGQUIT, all_threads=True)
    parser = argparse.ArgumentParser()
    parser.add_argument("--text", required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--warm", type=float, required=True)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("shapes", nargs="+")
    options = parser.parse_args()
    try:
        import torch
    except (ImportError, OSError) as error:  # the latter where a library of CUDA is missing
        tell({"notAvailable": f"python3 {sys.version.split()[0]}: {error}"})
        return
    if options.device == "cuda" and not torch.cuda.is_available():
        tell({"notAvailable": f"torch {torch.__version__} sees no GPU"})
        return
    torch.backends.cudnn.allow_tf32 = True
    torch.backends.cuda.matmul.allow_tf32 = True
    with open(options.text, encoding="utf-8") as file:
        text = file.read()
    symbols = {symbol: index for index, symbol in enumerate(sorted(set(text)))}
    ids = torch.tensor([symbols[symbol] for symbol in text])
    for shape in options.shapes:
        for precision in ("tf32", "autocast bf16"):
            for reading in (AT_THE_END, EVERY_STEP):
                told = {"task": "train", "shape": shape, "precision": precision, "reading": reading, **versions(torch)}
                try:
                    told.update(measure(torch, options, shape, ids, len(symbols), precision != "tf32", reading))
                except Exception as error:  # whatever it is, it shall not keep the others from being measured
                    traceback.print_exc()
                    told["error"] = str(error)
                tell(told)


if __name__ == "__main__":
    main()
