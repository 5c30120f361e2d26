"""The optimisation: contrastive learning of a matrix of token vectors."""

import time
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from index.training.feeds import Batch, Feed
from index.training.recipe import Recipe
from index.training.rewording import Ids

Matrix = npt.NDArray[np.float32]


def learn(
    matrix: Matrix, feeds: Sequence[tuple[float, Feed]], steps: int, recipe: Recipe
) -> Matrix:
    """The matrix after `steps` batches drawn from the feeds by their weights."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    table = torch.nn.Parameter(torch.from_numpy(matrix.copy()))
    optimizer = torch.optim.Adam([table], lr=recipe.learning_rate, betas=(0.9, 0.98), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / 50 + 0.02) * (1 - step / steps)
    )
    weights = np.array([weight for weight, _ in feeds])
    order = rng.choice(len(feeds), steps, p=weights / weights.sum())
    began, running = time.monotonic(), 0.0
    for step, feed in enumerate(order, start=1):
        batch = feeds[feed][1].draw(recipe.batch, rng)
        loss = _loss(table, batch, recipe.temperature)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        running += loss.item()
        if step % 100 == 0:
            print(
                f"step {step} loss {running / 100:.3f} {time.monotonic() - began:.0f} s", flush=True
            )
            running = 0.0
    return table.detach().numpy()


def _loss(table: torch.Tensor, batch: Batch, temperature: float) -> torch.Tensor:
    """Symmetric InfoNCE; pairs of the same group do not count against each other.

    Passages beyond the queries' own count against all queries.
    """
    queries, passages = _pool(table, batch.queries), _pool(table, batch.passages)
    scores = queries @ passages.T / temperature
    groups = torch.tensor(batch.groups)
    same = groups[:, None] == groups[None, :]
    same.fill_diagonal_(False)
    paired = scores[:, : len(groups)].masked_fill(same, -1e4)
    target = torch.arange(len(groups))
    found = functional.cross_entropy(torch.cat([paired, scores[:, len(groups) :]], 1), target)
    return (found + functional.cross_entropy(paired.T, target)) / 2


def _pool(table: torch.Tensor, texts: list[Ids]) -> torch.Tensor:
    """The unit mean vectors of the texts, (n, dimensions)."""
    lengths = np.array([len(ids) for ids in texts])
    offsets = torch.from_numpy(np.concatenate([[0], np.cumsum(lengths)[:-1]]))
    ids = torch.from_numpy(np.concatenate(texts).astype(np.int64))
    return functional.normalize(functional.embedding_bag(ids, table, offsets, mode="mean"))
