"""Which column of a foreign table is what: as told, else by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from recommender.catalogue.faults import Fault
from recommender.catalogue.importing.draft import Draft
from recommender.catalogue.importing.ledger import Ledger
from recommender.catalogue.schema import PLAIN, RENAMED, TAKEN, TEXT, column_name
from recommender.catalogue.tables import Row, Table
from recommender.errors import CatalogueError

# By hand; of several columns that fit, the one that stands first here.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "item_id", "product_id", "productid", "itemid", "sku", "asin", "parent_asin", "uniq_id", "unique_id",
        "article_id", "code", "product_code", "handle", "movieid", "编号",
    ),
    "title": (
        "title", "name", "product_name", "product_title", "item_name", "productdisplayname", "标题", "名称", "品名",
    ),
    "description": (
        "description", "product_description", "desc", "long_description", "detail_desc", "details", "about_product",
        "body", "描述", "商品描述",
    ),
    "category": (
        "category", "product_type", "producttype", "articletype", "article_type", "product_category", "type", "kind",
        "main_category", "subcategory", "product_type_name", "品类", "类别", "分类",
    ),
    "price": (
        "price", "selling_price", "sale_price", "discounted_price", "final_price", "current_price", "price_cny", "cost",
        "amount", "mrp", "retail_price", "actual_price", "list_price", "价格", "售价",
    ),
    "currency": ("currency", "price_currency", "currency_code", "货币"),
    "stock": ("stock", "quantity", "inventory", "stock_quantity", "in_stock_quantity", "库存"),
    "image": ("image", "image_url", "img", "imgurl", "img_link", "picture", "image_link", "imurl", "photo", "图片"),
    "url": ("url", "link", "product_url", "product_link", "href", "链接"),
    "added": ("added", "date_added", "created_at", "launch_date", "release_date", "上架日期"),
    "colour": (
        "colour", "color", "primary_color", "primary_colour", "basecolour", "base_colour", "base_color",
        "colour_group_name", "product_color", "颜色",
    ),
    "audience": ("audience", "gender", "sex", "target_gender", "department", "ideal_for", "人群", "性别"),
    "brand": ("brand", "product_brand", "brand_name", "manufacturer", "maker", "label", "品牌"),
    "material": ("material", "fabric", "materials", "材质", "面料"),
    "size": ("size", "sizes", "available_sizes", "尺码"),
    "season": ("season", "季节"),
    "occasion": ("occasion", "usage", "场合"),
    "pattern": ("pattern", "print", "图案"),
    "style": ("style", "风格"),
    "genre": ("genre", "genres", "类型"),
    "author": ("author", "authors", "作者"),
    "year": ("year", "release_year", "publication_year", "年份"),
}  # fmt: skip
_TITLES = ("title", "title_en", "title_zh")


@dataclass(frozen=True)
class ColumnMap:
    """What a person said of a table's columns.

    `named` maps Parley's column or an attribute to the table's column; `dropped` columns are left out; with
    `only_named` all columns are that are not named.
    """

    named: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    only_named: bool = False


def choose_columns(header: Sequence[str], chosen: ColumnMap, path: Path) -> dict[str, str]:
    """The map to use, the table's column → Parley's column or attribute; columns without a line are left out.

    Raises:
        CatalogueError: a named column is not there, or no column holds the id or the title.
    """
    names = [name for name in dict.fromkeys(header) if name]
    named = {_known(column, names, path): column_name(meaning) for meaning, column in chosen.named.items()}
    dropped = {_known(column, names, path) for column in chosen.dropped}
    used = dict(named)
    free = [name for name in names if name not in named and name not in dropped]
    if not chosen.only_named:
        used |= _guessed(free, set(named.values()))
        used |= {name: _attribute(name, used) for name in free if name not in used}
    for meaning, ways in (("id", ("id",)), ("title", _TITLES)):
        if not any(way in used.values() for way in ways):
            raise CatalogueError(
                f"{path} has no column that is known to hold the {meaning}; name it with --column {meaning}=NAME. "
                f"Its columns: {', '.join(names)}."
            )
    return {name: used[name] for name in names if name in used}


def rename(table: Table, used: Mapping[str, str], ledger: Ledger) -> Draft:
    """The table under Parley's names; rows that have no good form go into the ledger."""
    for fault in table.faults:
        if fault.row is None:
            ledger.note(Fault(None, fault.column, fault.problem, fault.remedy, "warning"))
    broken = {fault.row: fault for fault in table.faults if fault.row is not None and fault.severity == "error"}
    for number in broken.keys() - {row.number for row in table.rows}:
        ledger.refuse(broken[number])
    return Draft(tuple(used.values()), _rows(table, used, broken, ledger))


def _rows(table: Table, used: Mapping[str, str], broken: Mapping[int, Fault], ledger: Ledger) -> Iterator[Row]:
    for row in table.rows:
        if row.number in broken:
            ledger.refuse(broken[row.number])
        else:
            yield Row(row.number, {used[name]: cell for name, cell in row.cells.items() if name in used})


def _known(column: str, names: Sequence[str], path: Path) -> str:
    if column_name(column) not in names:
        raise CatalogueError(f"{path} has no column “{column}”; its columns: {', '.join(names)}.")
    return column_name(column)


def _guessed(free: Sequence[str], taken: set[str]) -> dict[str, str]:
    found = {name: name for name in free if (name in PLAIN or TEXT.fullmatch(name)) and name not in taken}
    for meaning, ways in _NAMES.items():
        if meaning in taken or meaning in found.values() or (meaning == "title" and _titled(taken | {*found.values()})):
            continue
        name = next((way for way in ways if way in free and way not in found), None)
        if name is not None:
            found[name] = meaning
    return found


def _titled(meanings: set[str]) -> bool:
    return any(title in meanings for title in _TITLES)


def _attribute(name: str, used: Mapping[str, str]) -> str:
    """A name that an attribute can have, and that no other column has."""
    word = re.sub(r"\W+", "_", name).strip("_") or "column"
    word = f"item_{word}" if word in TAKEN or not word.isidentifier() else word
    while RENAMED.get(word, word) in used.values():
        word = f"item_{word}"
    return word
