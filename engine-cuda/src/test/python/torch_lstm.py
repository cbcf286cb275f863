"""Trains torch.nn.LSTM as gpu-check trains the engine, and prints how fast: --text FILE --seconds S --warm S SHAPE...

A shape is LAYERSxHIDDENxROWSxSTEPS. Two modes: what PyTorch does by default for cuDNN (TF32 is allowed), and bfloat16 by autocast.
"""
import argparse
import json
import sys
import time


def tell(result):
    print("result\t" + json.dumps(result), flush=True)


def pace(work, warm, seconds):
    for limit in (warm, seconds):
        start = time.perf_counter()
        times = 0
        while time.perf_counter() - start < limit or times < 3:
            last = work()
            times += 1
        passed = time.perf_counter() - start
    return times / passed, last


class Training:
    def __init__(self, torch, shape, ids, vocabulary, autocast):
        self.torch = torch
        layers, hidden, self.rows, self.steps = shape
        self.autocast = autocast
        self.vocabulary = vocabulary
        torch.manual_seed(42)
        self.lstm = torch.nn.LSTM(vocabulary, hidden, layers, dropout=0.5 if layers > 1 else 0.0).cuda()
        self.dropout = torch.nn.Dropout(0.5)
        self.linear = torch.nn.Linear(hidden, vocabulary).cuda()
        self.parameters = list(self.lstm.parameters()) + list(self.linear.parameters())
        self.adam = torch.optim.Adam(self.parameters, lr=1e-3)
        zeros = torch.zeros(layers, self.rows, hidden, device="cuda")
        self.state = (zeros, zeros.clone())
        self.batches = len(ids) // (self.rows * self.steps)
        stream = ids[: self.batches * self.rows * self.steps].view(self.rows, -1).t().contiguous()
        self.inputs = stream.cuda()
        self.targets = torch.roll(stream, -1, 0).cuda()
        self.next = 0

    def step(self):
        torch = self.torch
        start = self.next % self.batches * self.steps
        self.next += 1
        inputs = torch.nn.functional.one_hot(self.inputs[start : start + self.steps], self.vocabulary).float()
        targets = self.targets[start : start + self.steps]
        with torch.autocast("cuda", dtype=torch.bfloat16, enabled=self.autocast):
            output, state = self.lstm(inputs, self.state)
            logits = self.linear(self.dropout(output))
            loss = torch.nn.functional.cross_entropy(logits.reshape(-1, self.vocabulary), targets.reshape(-1))
        self.adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 5.0)
        self.adam.step()
        self.state = tuple(part.detach().float() for part in state)
        return loss.item()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--text", required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--warm", type=float, required=True)
    parser.add_argument("shapes", nargs="+")
    options = parser.parse_args()
    try:
        import torch
    except ImportError as error:
        tell({"notAvailable": f"python3 {sys.version.split()[0]}: {error}"})
        return
    if not torch.cuda.is_available():
        tell({"notAvailable": f"torch {torch.__version__} sees no GPU"})
        return
    with open(options.text, encoding="utf-8") as file:
        text = file.read()
    symbols = {symbol: index for index, symbol in enumerate(sorted(set(text)))}
    ids = torch.tensor([symbols[symbol] for symbol in text])
    for shape in options.shapes:
        numbers = tuple(int(number) for number in shape.split("x"))
        for mode in ("tf32", "autocast bf16"):
            told = {"task": "train", "shape": shape, "precision": mode, "torch": torch.__version__, "cudnn": torch.backends.cudnn.version()}
            try:
                training = Training(torch, numbers, ids, len(symbols), mode != "tf32")
                per_second, loss = pace(training.step, options.warm, options.seconds)
            except RuntimeError as error:
                tell({**told, "error": str(error)})
                continue
            tell(
                {
                    **told,
                    "charactersPerSecond": per_second * numbers[2] * numbers[3],
                    "millisecondsPerStep": 1e3 / per_second,
                    "loss": loss,
                }
            )


main()
