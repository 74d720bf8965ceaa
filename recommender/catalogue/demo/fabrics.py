"""Materials, colours and patterns of the demo: how common, what they cost, how a shop speaks of them."""

# ruff: noqa: E501 - rows of a table stay whole
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Weights = Mapping[str, float]
"""Choices with how often each is made."""

WARM = ("autumn", "winter")
COOL = ("spring", "summer")


@dataclass(frozen=True, slots=True)
class Material:
    """`price` multiplies; `seasons` empty leaves them to the garment; `en` and `zh` say what wearing it is like."""

    price: float
    seasons: tuple[str, ...]
    en: tuple[str, ...]
    zh: tuple[str, ...]
    title_en: str
    title_zh: str


MATERIALS: dict[str, Material] = {
    "cotton": Material(
        1.0,
        (),
        (
            "Soft combed cotton feels easy on the skin and only gets better with washing.",
            "The cotton is breathable, pre-washed and happy in the machine.",
        ),
        ("精梳棉面料，亲肤透气，贴身穿也舒服。", "纯棉材质柔软吸汗，机洗不易变形。"),
        "Cotton",
        "纯棉",
    ),
    "linen": Material(
        1.2,
        COOL,
        (
            "Pure linen keeps you cool and creases in the nicest way.",
            "Airy linen lets every breeze through on hot days.",
        ),
        ("亚麻面料透气凉爽，自带松弛的褶皱感。", "天然亚麻，吸湿快干，越穿越软。"),
        "Linen",
        "亚麻",
    ),
    "silk": Material(
        2.1,
        COOL,
        ("Mulberry silk falls like water and has a quiet sheen.", "The silk is cool to the touch and moves with you."),
        ("桑蚕丝面料光泽柔和，垂坠感十足。", "真丝触感丝滑冰凉，贴肤没有负担。"),
        "Silk",
        "真丝",
    ),
    "satin": Material(
        1.3,
        (),
        ("Heavy satin catches the light with every step.", "The satin is smooth, fluid and resists creases."),
        ("缎面光泽细腻，走动间流光溢彩。", "缎面顺滑有垂感，不易起皱。"),
        "Satin",
        "缎面",
    ),
    "chiffon": Material(
        1.0,
        COOL,
        ("Featherlight chiffon floats over a soft lining.", "The chiffon is sheer, airy and fully lined."),
        ("轻盈雪纺自带内衬，飘逸不透。", "雪纺面料轻薄透气，随风而动。"),
        "Chiffon",
        "雪纺",
    ),
    "lace": Material(
        1.25,
        COOL,
        ("Fine lace is worked over a smooth lining.", "The lace is soft rather than scratchy, with scalloped edges."),
        ("细腻蕾丝拼接内衬，柔软不扎肤。", "镂空蕾丝花型精致，近看更耐看。"),
        "Lace",
        "蕾丝",
    ),
    "velvet": Material(
        1.35,
        WARM,
        (
            "Dense velvet has a deep, soft pile that glows in evening light.",
            "The velvet is plush with a little stretch.",
        ),
        ("丝绒面料绒感细密，灯光下很显质感。", "微弹丝绒，手感软糯，保暖又显贵气。"),
        "Velvet",
        "丝绒",
    ),
    "wool": Material(
        1.6,
        WARM,
        ("Fine wool keeps warmth in without weight.", "The wool is dense, soft and springs back from creases."),
        ("优质羊毛，保暖挺括，不易起球。", "羊毛混纺面料厚实有型，锁温不臃肿。"),
        "Wool",
        "羊毛",
    ),
    "cashmere": Material(
        2.6,
        WARM,
        ("Two-ply cashmere is as light as it is warm.", "The cashmere is cloud-soft and kind to bare skin."),
        ("山羊绒触感软糯，轻薄却很暖。", "纯羊绒贴身不扎，一件抵三件。"),
        "Cashmere",
        "羊绒",
    ),
    "acrylic": Material(
        0.75,
        WARM,
        ("A fluffy acrylic knit that is warm, light and machine-washable.",),
        ("腈纶纱线蓬松柔软，轻便好打理。",),
        "Knit",
        "针织",
    ),
    "fleece": Material(
        0.95,
        WARM,
        ("Brushed fleece traps warmth and dries fast.", "The fleece is thick, soft and pill-resistant."),
        ("抓绒内里蓄热保暖，轻便不厚重。", "加绒加厚，软糯亲肤，冬天也不怕冷。"),
        "Fleece",
        "抓绒",
    ),
    "corduroy": Material(
        1.1,
        WARM,
        ("Fine-wale corduroy has a soft hand and a retro touch.",),
        ("细条灯芯绒，手感柔软，复古又耐穿。",),
        "Corduroy",
        "灯芯绒",
    ),
    "denim": Material(
        1.05,
        (),
        (
            "Mid-weight denim with a little stretch keeps its shape all day.",
            "The denim is washed soft and fades beautifully.",
        ),
        ("水洗牛仔布，微弹不紧绷，久坐不鼓包。", "经典牛仔面料，挺括耐磨，越穿越有味道。"),
        "Denim",
        "牛仔",
    ),
    "leather": Material(
        2.0,
        (),
        (
            "Full-grain leather softens and gains character with time.",
            "The leather is supple, smooth and hand-finished.",
        ),
        ("头层牛皮，质地柔韧，越用越有光泽。", "真皮材质，触感细腻，经久耐用。"),
        "Leather",
        "真皮",
    ),
    "suede": Material(
        1.7,
        WARM,
        ("Velvety suede brings warmth and texture.", "The suede is soft and treated against water spots."),
        ("麂皮绒面细腻柔软，秋冬氛围感十足。", "磨砂绒面皮，低调有质感。"),
        "Suede",
        "麂皮",
    ),
    "faux leather": Material(
        0.8,
        (),
        ("Soft faux leather wipes clean and costs no animal its coat.",),
        ("高级人造革，手感接近真皮，脏了一擦就净。",),
        "Faux Leather",
        "仿皮",
    ),
    "polyester": Material(
        0.8,
        (),
        ("Recycled polyester wicks moisture and dries in no time.", "The easy-care polyester hardly needs an iron."),
        ("再生涤纶面料，吸湿速干，不用熨烫。", "抗皱面料好打理，出差旅行带着走。"),
        "Polyester",
        "速干",
    ),
    "nylon": Material(
        0.95,
        (),
        (
            "Tough, featherlight nylon shrugs off wind and drizzle.",
            "The ripstop nylon packs small and wears for years.",
        ),
        ("高密尼龙，防风防泼水，轻便耐磨。", "轻量尼龙面料，可收纳，随身带不占地方。"),
        "Nylon",
        "尼龙",
    ),
    "canvas": Material(
        0.85,
        (),
        ("Sturdy cotton canvas stands up to daily use.", "The canvas is dense, tough and softens with wear."),
        ("加厚帆布，结实耐磨，脏了直接洗。", "高密帆布质地硬挺，日常耐造。"),
        "Canvas",
        "帆布",
    ),
    "mesh": Material(
        0.95,
        COOL,
        ("Engineered mesh lets the air through where you need it.", "The mesh is light, elastic and dries quickly."),
        ("飞织网面，透气轻便，久穿不闷。", "弹力网布，轻若无物，散热快。"),
        "Mesh",
        "网面",
    ),
    "rubber": Material(
        0.6,
        COOL,
        ("Soft, waterproof rubber rinses clean in seconds.",),
        ("软弹橡胶材质，防水防滑，一冲就净。",),
        "Rubber",
        "橡胶",
    ),
    "goose down": Material(
        2.2,
        ("winter",),
        (
            "Ninety per cent goose down keeps out serious cold.",
            "The goose down is light, lofty and responsibly sourced.",
        ),
        ("90%白鹅绒填充，蓬松锁温，零下也扛得住。", "高蓬松鹅绒，轻盈不臃肿，保暖一整冬。"),
        "Goose Down",
        "鹅绒",
    ),
    "straw": Material(
        0.9,
        ("summer",),
        ("Hand-woven straw breathes and weighs next to nothing.",),
        ("手工草编，轻便透气，夏日氛围感满分。",),
        "Straw",
        "草编",
    ),
    "steel": Material(
        1.0,
        (),
        (
            "The stainless steel is brushed by hand and resists scratches.",
            "Solid stainless steel, comfortable from the first day.",
        ),
        ("精钢材质，拉丝工艺，耐磨不掉色。", "316L不锈钢，佩戴亲肤不过敏。"),
        "Steel",
        "精钢",
    ),
    "acetate": Material(
        1.2,
        (),
        ("Hand-polished acetate is light and keeps its lustre.",),
        ("板材镜框手工抛光，轻盈不压鼻梁。",),
        "Acetate",
        "板材",
    ),
    "titanium": Material(
        1.9,
        (),
        ("Titanium is so light that you forget you are wearing it.",),
        ("纯钛材质，轻到几乎没有存在感。",),
        "Titanium",
        "纯钛",
    ),
}

COLOURS: Weights = {
    "black": 13, "white": 9, "red": 8, "blue": 8, "grey": 6, "navy": 6, "pink": 6, "green": 6, "beige": 7, "brown": 5,
    "burgundy": 4, "light blue": 4, "yellow": 4, "purple": 4, "khaki": 3, "olive": 3, "orange": 3, "gold": 0, "silver": 0,
}  # fmt: skip
"""How common each colour is where a garment does not say otherwise."""

COLOUR_ZH = {
    "black": "黑色", "white": "白色", "red": "红色", "blue": "蓝色", "grey": "灰色", "navy": "藏青色", "pink": "粉色",
    "green": "绿色", "beige": "米色", "brown": "棕色", "burgundy": "酒红色", "light blue": "浅蓝色", "yellow": "黄色",
    "purple": "紫色", "khaki": "卡其色", "olive": "军绿色", "orange": "橙色", "gold": "金色", "silver": "银色",
}  # fmt: skip

PATTERN_EN = {
    "striped": "striped", "checked": "checked", "floral": "floral", "dotted": "polka dot", "graphic": "graphic print",
    "leopard": "leopard print", "camouflage": "camouflage", "tie-dye": "tie-dye",
}  # fmt: skip

PATTERN_ZH = {
    "striped": "条纹", "checked": "格纹", "floral": "碎花", "dotted": "波点", "graphic": "图案印花", "leopard": "豹纹",
    "camouflage": "迷彩", "tie-dye": "扎染",
}  # fmt: skip
