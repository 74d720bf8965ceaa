"""Evidence from names: what is named, what has the values that are named, what shares values with what is named."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recommender.conversations.catalogue import Catalogue
from recommender.conversations.columns import DECAY, Columns
from recommender.conversations.graph import AttributeGraph
from recommender.conversations.linking import Mention

SLOTS = 6  # attributes with columns of their own; the rest count in the sums
BROAD, BROAD_LEAST = 0.02, 10  # share and number of items that a broad value has


def _latest_item(mentions: Sequence[Mention]) -> Mention | None:
    return next((m for m in reversed(mentions) if m.items and not m.weak), None)


def _latest_value(graph: AttributeGraph, mentions: Sequence[Mention]) -> Mention | None:
    """The value named last; a specific one before a broad one: "Zack Snyder films" asks for Snyder, not for films."""
    named = [m for m in reversed(mentions) if m.values and not m.weak]
    broad = max(BROAD_LEAST, BROAD * graph.has.shape[0])
    specific = (m for m in named if m.turn == named[0].turn and graph.degree[list(m.values)].max() < broad)
    return next(specific, named[0] if named else None)


def add_named(out: Columns, mentions: Sequence[Mention], final: int) -> None:
    """Items that are named, by how long ago and by whom; an item that is one of several meant counts its share."""
    columns = {name: out.add(f"named.{name}") for name in ("latest", "last", "before", "asker", "answerer", "often")}
    for mention in mentions:
        if mention.weak or not mention.items:
            continue
        rows, share = list(mention.items), 1 / len(mention.items)
        back = final - mention.turn
        name = {0: "last", 1: "before"}.get(back, "asker" if back % 2 == 0 else "answerer")
        columns[name][rows] = np.maximum(columns[name][rows], share)
        columns["often"][rows] += share
    latest = _latest_item(mentions)
    if latest:
        columns["latest"][list(latest.items)] = 1 / len(latest.items)
    np.log1p(columns["often"], out=columns["often"])


def add_links(out: Columns, graph: AttributeGraph, mentions: Sequence[Mention], final: int) -> None:
    """Items that have the values which are named, by attribute and by how long ago."""
    slots = graph.attributes[:SLOTS]
    columns = {
        (when, slot): out.add(f"links.{when}.{name}")
        for when in ("latest", "last", "past")
        for slot, name in enumerate(slots)
    }
    count, every, rare = out.add("links.count"), out.add("links.every"), out.add("links.rare")
    latest = _latest_value(graph, mentions)
    seen: set[tuple[int, ...]] = set()
    for mention in mentions:
        back = final - mention.turn
        trust = 0.5 if mention.weak else 1.0
        hit: set[int] = set()
        for value in mention.values:
            rows = graph.items_with(value)
            slot = int(graph.attribute[value])
            if slot < len(slots):
                column = columns["last" if back == 0 else "past", slot]
                column[rows] = np.maximum(column[rows], trust * (1.0 if back == 0 else DECAY ** (back - 1)))
                if mention is latest:
                    columns["latest", slot][rows] = 1.0
            hit.update(rows.tolist())
        if hit and mention.values not in seen:
            rows = np.fromiter(hit, dtype=np.intp)
            every[rows] += trust
            if back == 0:
                count[rows] += trust
            if mention is latest or back == 0:
                rare[rows] = np.maximum(rare[rows], trust / np.sqrt(len(rows)))
            seen.add(mention.values)


def add_shared(out: Columns, catalogue: Catalogue, mentions: Sequence[Mention], final: int) -> None:
    """Items that share values with those which are named; a value that few have counts more."""
    graph = catalogue.graph
    slots = graph.attributes[:SLOTS]
    rarity = 1 / np.log2(1 + np.maximum(graph.degree, 1.0))
    latest = _latest_item(mentions)
    for when in ("latest", "past"):
        columns = [out.add(f"shared.{when}.{name}") for name in slots]
        title, near = out.add(f"shared.titles.{when}"), out.add(f"shared.years.{when}")
        for mention in mentions:
            if mention.weak or not mention.items or (mention is latest) != (when == "latest"):
                continue
            weight = DECAY ** (final - mention.turn) / len(mention.items)
            for item in mention.items[:4]:
                for value in graph.values_of(item):
                    slot = int(graph.attribute[value])
                    if slot < len(slots):
                        columns[slot][graph.items_with(int(value))] += weight * rarity[value]
                title += weight * (catalogue.titles @ catalogue.titles[item].T).toarray().ravel()
                if catalogue.years[item]:
                    near += weight * np.exp(-np.abs(catalogue.years - catalogue.years[item]) / 5)
