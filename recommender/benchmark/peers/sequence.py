"""RecTools' SASRec (Kang and McAuley 2018) with cross-entropy over all items, in a time that fits two cores."""

from __future__ import annotations

import copy
import logging
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.benchmark.peers.linear import break_ties
from recommender.benchmark.peers.log import Floats, Histories, Log
from recommender.benchmark.peers.tables import rectools_dataset, rectools_histories

PATIENCE = 6  # measurements without a better one, after which training stops; at first it only learns who is popular
Quality = Callable[["SasRec"], float]


class SasRec:
    """Options: `factors`, `blocks`, `heads`, `dropout`, `length`, `learning_rate`, `epochs`, `every`, `seconds`.

    Given a `quality`, training measures it `every` so many epochs, stops when it no longer grows, and keeps the best
    epoch; `settled` then says how many epochs that took. It never takes more than `seconds`, half as much again
    without a `quality`. New people are scored
    from their histories as known ones are.
    """

    def fit(self, log: Log, option: dict[str, Any], seed: int, quality: Quality | None = None) -> None:
        """RecTools trains."""
        import torch
        from pytorch_lightning import seed_everything

        _quiet()
        torch.set_num_threads(1)
        seed_everything(seed, verbose=False)
        self.items, self.popularity, self.settled = log.items, log.popularity(), dict(option)
        self.model = _model(option)
        dataset, started, best, weights = rectools_dataset(log), time.process_time(), -1.0, None
        # What an early stop has settled for may take longer on the whole log than on the validation's part of it.
        limit = option["seconds"] * (1.0 if quality is not None else 1.5)
        trained, waited = 0, 0
        while trained < option["epochs"] and waited < PATIENCE:
            step = min(int(option["every"]), option["epochs"] - trained)
            self.model.fit_partial(dataset, min_epochs=step, max_epochs=step)
            trained += step
            used = time.process_time() - started
            if quality is None:
                best = trained
            else:
                found = quality(self)
                waited += 1
                if found > best:
                    best, waited, self.settled["epochs"] = found, 0, trained
                    weights = copy.deepcopy(self.model.torch_model.state_dict())
            if used * (1 + step / trained) > limit:
                break
        if quality is None:
            self.settled["epochs"] = trained
        if weights is not None:
            self.model.torch_model.load_state_dict(weights)

    def score(self, people: Histories) -> Floats:
        """(p, n) products of what the network says after the last like with all items."""
        found = np.zeros((len(people), self.items), dtype=np.float32)
        columns = np.asarray(self.model.data_preparator.get_known_item_ids(), dtype=np.int64)
        if not np.isin(people.item, columns).any():  # RecTools cannot encode an empty batch
            return break_ties(found, self.popularity)
        dataset = rectools_histories(people)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            known = self.model.data_preparator.transform_dataset_u2i(dataset, np.unique(_persons(people)))
        loader = self.model.data_preparator.get_dataloader_recommend(known, 256)
        person, item = self.model.lightning_model._get_user_item_embeddings(loader, "cpu")
        skipped = self.model.data_preparator.n_item_extra_tokens
        rows = np.asarray(known.user_id_map.external_ids, dtype=np.int64)
        values = (person @ item[skipped:].T).numpy()
        # Items that nobody liked have no vector: they go last, below the worst that has one.
        found[rows] = values.min(axis=1, keepdims=True) - 1.0
        found[np.ix_(rows, columns)] = values
        return break_ties(found, self.popularity)


def _persons(people: Histories) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(people)), np.diff(people.start))


def _model(option: dict[str, Any]) -> Any:
    from pytorch_lightning import Trainer
    from rectools.models import SASRecModel
    from rectools.models.nn.item_net import IdEmbeddingsItemNet

    return SASRecModel(
        n_blocks=option["blocks"],
        n_heads=option["heads"],
        n_factors=option["factors"],
        dropout_rate=option["dropout"],
        session_max_len=option["length"],
        lr=option["learning_rate"],
        batch_size=option.get("batch", 128),
        loss="softmax",
        item_net_block_types=(IdEmbeddingsItemNet,),
        lightning_module_type=_lean_module(),
        get_trainer_func=lambda: Trainer(
            max_epochs=1,
            logger=False,
            enable_progress_bar=False,
            enable_model_summary=False,
            enable_checkpointing=False,
            accelerator="cpu",
            devices=1,
        ),
    )


def _lean_module() -> Any:
    """RecTools' own training with the same loss, whose logits are not computed where the padding would mask them."""
    import torch
    from rectools.models.nn.transformers.lightning import TransformerLightningModule

    class Lean(TransformerLightningModule):  # type: ignore[misc]
        def training_step(self, batch: Any, batch_idx: int) -> Any:
            items = self.torch_model.item_model.get_all_embeddings()
            asked = batch["y"] != 0
            sessions = self.torch_model.encode_sessions(batch, items)[asked]
            return torch.nn.functional.cross_entropy(sessions @ items.T, batch["y"][asked])

    return Lean


def _quiet() -> None:
    for name in ("pytorch_lightning", "lightning_fabric", "lightning.pytorch"):
        logging.getLogger(name).setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module=r"(pytorch_lightning|lightning_fabric|rectools)\b.*")
