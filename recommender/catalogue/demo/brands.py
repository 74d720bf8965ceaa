"""The demo's invented brands: price level, styles, for whom, and what they make."""

# ruff: noqa: E501 - rows of a table stay whole
from __future__ import annotations

from dataclasses import dataclass

CLOTHES = frozenset(
    {
        "dress",
        "skirt",
        "shirt",
        "t-shirt",
        "sweater",
        "cardigan",
        "hoodie",
        "jacket",
        "coat",
        "jeans",
        "trousers",
        "shorts",
    }
)
SHOES = frozenset({"sneakers", "boots", "heels", "sandals"})
EXTRAS = frozenset({"bag", "hat", "scarf", "watch", "sunglasses"})


@dataclass(frozen=True, slots=True)
class Brand:
    """`level` is the logarithm of the brand's price against the usual price of a thing, about -0.8 to 1.1."""

    name: str
    zh: str
    level: float
    styles: tuple[str, ...]
    audiences: tuple[str, ...]
    categories: frozenset[str]


ADULTS = ("women", "men", "unisex")
BRANDS: tuple[Brand, ...] = (
    Brand("Basiqo", "倍适可", -0.75, ("minimal", "sporty", "romantic", "street"), (*ADULTS, "kids"), CLOTHES | SHOES | EXTRAS),
    Brand("Uniloom", "优织纺", -0.45, ("minimal", "classic", "romantic", "oriental", "bohemian"), (*ADULTS, "kids"), CLOTHES | {"scarf", "hat", "bag"}),
    Brand("Tidewell", "泰德维", -0.1, ("outdoor", "bohemian", "classic"), ADULTS, CLOTHES | {"bag", "hat", "sandals", "sneakers"}),
    Brand("Nordhaven", "诺德海文", 0.3, ("minimal", "outdoor"), ADULTS, CLOTHES | {"bag", "scarf", "watch", "boots", "sunglasses", "hat"}),
    Brand("Kestrow", "凯斯罗", 0.45, ("classic",), ("men", "unisex"), CLOTHES | {"boots", "scarf", "bag", "hat"}),
    Brand("Brackenfold", "布莱肯", 0.7, ("classic", "outdoor"), ADULTS, CLOTHES | {"boots", "bag", "hat", "scarf"}),
    Brand("Oakmere", "奥克米尔", 0.1, ("classic", "minimal"), ADULTS, CLOTHES | {"scarf", "hat", "sneakers", "boots", "sunglasses"}),
    Brand("Aveline", "艾薇琳", 0.5, ("romantic", "glamour", "minimal"), ("women",), CLOTHES | {"heels", "bag", "scarf", "sandals", "hat"}),
    Brand("Sorabelle", "索菈贝", -0.3, ("romantic",), ("women",), CLOTHES | {"heels", "sandals", "bag", "hat", "scarf", "sunglasses"}),
    Brand("Fovette", "芙薇特", 0.1, ("romantic", "bohemian"), ("women",), CLOTHES | {"heels", "sandals", "bag", "scarf"}),
    Brand("Delphara", "黛芙拉", 1.0, ("glamour",), ("women",), CLOTHES | {"heels", "bag", "sunglasses", "watch", "scarf", "sandals"}),
    Brand("Mirelli", "米蕾莉", 0.95, ("glamour", "classic"), ADULTS, SHOES | {"bag", "jacket", "coat", "sunglasses", "scarf", "hat"}),
    Brand("Stradello", "思特拉德", 0.2, ("glamour", "classic", "romantic"), ("women", "men"), SHOES | {"bag"}),
    Brand("Wolkenn", "沃肯", -0.05, ("minimal", "sporty", "outdoor", "bohemian"), (*ADULTS, "kids"), SHOES),
    Brand("Voltrek", "沃锐克", 0.2, ("sporty",), ADULTS, CLOTHES - {"dress", "cardigan", "coat", "jeans"} | {"sneakers", "bag", "hat", "watch", "sunglasses"}),
    Brand("Pacelane", "佩速", -0.25, ("sporty",), (*ADULTS, "kids"), CLOTHES - {"cardigan", "coat", "jeans"} | {"sneakers", "sandals", "hat", "bag"}),
    Brand("Mossbank", "苔岸", 0.35, ("outdoor",), ADULTS, CLOTHES - {"dress", "skirt", "cardigan"} | {"boots", "sneakers", "sandals", "bag", "hat", "scarf", "watch"}),
    Brand("Rivetto", "瑞维托", -0.1, ("street", "classic"), ADULTS, CLOTHES - {"coat", "cardigan"} | {"sneakers", "boots", "bag", "hat"}),
    Brand("Neonpeak", "霓峰", 0.15, ("street",), ADULTS, CLOTHES - {"cardigan"} | {"sneakers", "boots", "bag", "hat", "watch", "sunglasses", "heels", "scarf", "sandals"}),
    Brand("Qinglu", "青麓", 0.4, ("oriental", "minimal"), ADULTS, CLOTHES - {"jeans", "hoodie"} | {"bag", "scarf", "hat"}),
    Brand("Zhihe", "织禾", -0.15, ("oriental",), ADULTS, CLOTHES - {"jeans"} | {"scarf", "sandals", "bag", "hat", "heels"}),
    Brand("Muyunji", "沐云集", 0.1, ("bohemian", "oriental"), ADULTS, CLOTHES - {"jeans", "hoodie"} | {"sandals", "bag", "hat", "scarf", "boots"}),
    Brand("Pipidou", "皮皮豆", -0.4, ("playful", "sporty"), ("kids",), CLOTHES | SHOES | EXTRAS),
    Brand("Tumbletot", "淘波特", -0.1, ("playful", "outdoor"), ("kids",), CLOTHES | SHOES | {"bag", "hat", "scarf"}),
    Brand("Chronelle", "珂洛奈", 0.8, ("glamour", "classic", "romantic"), ADULTS, frozenset({"watch"})),
    Brand("Tempova", "腾博瓦", 0.0, ("minimal", "sporty", "street", "classic"), (*ADULTS, "kids"), frozenset({"watch"})),
    Brand("Solquinta", "索坤塔", 0.05, ("bohemian", "glamour", "street"), ADULTS, frozenset({"hat", "sunglasses", "sandals", "bag", "dress", "shorts", "skirt", "shirt"})),
)  # fmt: skip
