"""The demo shop: a catalogue, a year of simulated interactions and a picture of each item, all made from a seed."""

from __future__ import annotations

from pathlib import Path

from recommender.catalogue.demo.design import design
from recommender.catalogue.demo.pictures import draw, draw_pictures
from recommender.catalogue.demo.shop import describe
from recommender.catalogue.demo.visits import interactions_csv, simulate
from recommender.catalogue.files import write_whole
from recommender.catalogue.writing import save_catalogue

__all__ = ["build_demo", "draw", "draw_pictures"]


def build_demo(folder: Path, seed: int) -> None:
    """Write catalogue.csv and interactions.csv into `folder`; the same seed gives the same bytes.

    Each file appears whole or not at all. Takes a few seconds.

    Raises:
        CatalogueError: the folder cannot be written to.
    """
    looks = design(seed)
    save_catalogue(describe(looks, seed), folder / "catalogue.csv")
    write_whole(folder / "interactions.csv", interactions_csv(simulate(looks, seed)))
