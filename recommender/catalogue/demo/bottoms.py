"""What jeans, trousers and shorts can be."""

# ruff: noqa: E501 - rows of a table stay whole
from __future__ import annotations

from recommender.catalogue.demo.fabrics import COLOURS
from recommender.catalogue.demo.garments import ALL_YEAR, Garment, cuts, pairs

DENIM_COLOURS = {
    "blue": 30, "light blue": 16, "black": 20, "navy": 12, "grey": 8, "white": 7, "red": 3, "beige": 4, "pink": 2, "brown": 3,
}  # fmt: skip

BOTTOMS: tuple[Garment, ...] = (
    Garment(
        "jeans", 54, 249, {"women": 0.46, "men": 0.42, "kids": 0.12}, "clothes", {"denim": 1}, {"plain": 1}, ALL_YEAR,
        ("casual", "school", "date night", "outdoor"),
        cuts("""
            straight-leg jeans = 直筒牛仔裤
            slim jeans = 修身牛仔裤 [women men kids: classic, minimal, glamour]
            wide-leg jeans = 阔腿牛仔裤 [women men: bohemian, street, minimal, oriental]
            flared jeans = 微喇牛仔裤 [women: bohemian, glamour, romantic]
            mom jeans = 高腰老爹牛仔裤 [women: romantic, minimal]
            ripped jeans = 破洞牛仔裤 [women men: street, glamour]
            cargo jeans = 工装牛仔裤 [men women kids: outdoor, street, playful]
            tapered jeans = 锥形牛仔裤 [men kids: classic, sporty, minimal]
            jogger jeans = 束脚牛仔裤 [kids men: playful, sporty]
        """),
        pairs("five classic pockets = 经典五袋款式; a high rise = 高腰收腹; copper rivets = 铜质铆钉; a raw hem = 毛边裤脚;"
              "a stretchy waistband = 弹力腰头; contrast stitching = 撞色车线"),
        pairs("high-waisted = 高腰; mid-rise = 中腰; relaxed = 宽松; regular = 合身"),
        ("显瘦显高", "遮胯", "不挑腿型", "弹力舒适"), DENIM_COLOURS, True, True,
    ),
    Garment(
        "trousers", 54, 219, {"women": 0.44, "men": 0.42, "kids": 0.14}, "clothes",
        {"cotton": 32, "linen": 16, "wool": 14, "polyester": 18, "corduroy": 8, "nylon": 8, "silk": 4},
        {"plain": 78, "checked": 10, "striped": 8, "camouflage": 4}, ("spring", "autumn"),
        ("work", "casual", "sport", "formal", "outdoor", "school", "holiday"),
        cuts("""
            chinos = 休闲裤 [men women kids: classic, minimal / cotton, linen]
            wide-leg trousers = 阔腿裤 [women men: minimal, bohemian, romantic, oriental, glamour / cotton, linen, wool, polyester, silk]
            suit trousers = 西装裤 [women men: classic, minimal, glamour / wool, polyester, cotton]
            joggers = 束脚运动裤 [: sporty, street, playful / cotton, polyester, nylon]
            cargo trousers = 工装裤 [: outdoor, street, playful / cotton, nylon, corduroy]
            cigarette trousers = 烟管裤 [women: classic, romantic, glamour]
            drawstring trousers = 抽绳休闲裤 [: bohemian, oriental, playful, romantic]
            pleated trousers = 打褶直筒裤 [men women: classic, minimal, street]
            hiking trousers = 徒步长裤 [men women kids: outdoor / nylon, polyester, cotton]
        """),
        pairs("a pressed crease = 前中压褶笔挺; deep pockets = 深口袋; a comfortable elastic back = 后腰松紧更舒服;"
              "zipped pockets = 拉链口袋; a clean hidden closure = 暗扣门襟; reinforced knees = 膝部加固"),
        pairs("high-waisted = 高腰; mid-rise = 中腰; relaxed = 宽松; regular = 合身"),
        ("垂感显瘦", "不易皱", "显腿长", "通勤百搭"), dict(COLOURS) | {"khaki": 8}, False, True,
    ),
    Garment(
        "shorts", 44, 129, {"women": 0.36, "men": 0.42, "kids": 0.22}, "clothes",
        {"cotton": 34, "linen": 20, "denim": 18, "polyester": 18, "nylon": 10},
        {"plain": 66, "striped": 8, "checked": 8, "floral": 8, "camouflage": 6, "tie-dye": 4}, ("summer",),
        ("casual", "sport", "holiday", "outdoor", "school"),
        cuts("""
            chino shorts = 休闲短裤 [: classic, minimal, playful / cotton, linen]
            denim shorts = 牛仔短裤 [women men kids: street, bohemian, romantic, playful, glamour / denim]
            running shorts = 跑步短裤 [: sporty, playful / polyester, nylon]
            cargo shorts = 工装短裤 [: outdoor, street, playful / cotton, nylon]
            Bermuda shorts = 五分裤 [women men: minimal, classic, oriental, glamour]
            drawstring shorts = 抽绳短裤 [: bohemian, romantic, playful, oriental]
            swim shorts = 沙滩短裤 [men kids: sporty, bohemian, playful / nylon, polyester]
        """),
        pairs("an elastic waist = 松紧腰; a drawstring = 抽绳设计; side pockets = 斜插口袋; a back pocket with zip = 后袋拉链;"
              "a turned-up hem = 卷边裤脚; a quick-drying lining = 速干内衬"),
        pairs("relaxed = 宽松; regular = 合身; high-waisted = 高腰"),
        ("凉爽", "显腿长", "透气", "百搭"), dict(COLOURS) | {"khaki": 6}, True, True,
    ),
)  # fmt: skip
