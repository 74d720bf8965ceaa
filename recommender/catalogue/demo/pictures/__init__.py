"""A drawn picture of each item: its garment in its colour and pattern."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image

from recommender.catalogue.demo.pictures import bottoms, extras, feet, outerwear, tops
from recommender.catalogue.demo.pictures.canvas import Canvas
from recommender.catalogue.demo.pictures.colours import DYES, UNKNOWN
from recommender.catalogue.files import write_whole
from recommender.catalogue.items import Catalogue
from recommender.types import Item

SIZE = 320

DRAWN: dict[str, Callable[[Canvas, str], None]] = {
    "dress": bottoms.dress, "skirt": bottoms.skirt, "jeans": bottoms.jeans, "trousers": bottoms.trousers,
    "shorts": bottoms.shorts, "shirt": tops.shirt, "t-shirt": tops.tshirt, "sweater": tops.sweater,
    "cardigan": tops.cardigan, "hoodie": tops.hoodie, "jacket": outerwear.jacket, "coat": outerwear.coat,
    "scarf": extras.scarf,
    "sneakers": feet.sneakers, "boots": feet.boots, "heels": feet.heels, "sandals": feet.sandals, "bag": extras.bag,
    "hat": extras.hat, "watch": extras.watch, "sunglasses": extras.sunglasses,
}  # fmt: skip
"""Categories that have a picture of their own; anything else is a parcel."""


def draw(item: Item, size: int = SIZE) -> Image.Image:
    """A square palette picture of `size` pixels. Colour, pattern and category come from the item's attributes.

    Details follow the words of the English title ("turtleneck", "high-top"). What the demo does not know is drawn
    plainly: an unknown colour in a muted violet, an unknown pattern plain, an unknown category as a parcel.
    """

    def first(attribute: str) -> str:
        return item.attributes.get(attribute, ("",))[0]

    canvas = Canvas(size, DYES.get(first("colour"), UNKNOWN), first("pattern"))
    DRAWN.get(first("category"), extras.parcel)(canvas, item.title("en").lower())
    return canvas.finish()


def draw_pictures(
    catalogue: Catalogue, folder: Path, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Write one PNG per item, named as the last part of its `image`; items without `image` get none.

    Args:
        catalogue: what to draw.
        folder: where the files go; made if need be.
        progress: called with (done, total) after each picture.

    Raises:
        CatalogueError: the folder cannot be written to.
    """
    items = [item for item in catalogue if item.image and item.image.endswith(".png")]
    for done, item in enumerate(items, start=1):
        content = BytesIO()
        draw(item).save(content, format="PNG", optimize=True)
        write_whole(folder / str(item.image).rpartition("/")[2], content.getvalue())
        progress(done, len(items))
