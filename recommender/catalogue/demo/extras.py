"""What bags, hats, scarves, watches and sunglasses can be."""

# ruff: noqa: E501 - rows of a table stay whole
from __future__ import annotations

from recommender.catalogue.demo.fabrics import COLOURS
from recommender.catalogue.demo.garments import ALL_YEAR, Garment, cuts, pairs

METALS = {
    "silver": 22,
    "gold": 18,
    "black": 20,
    "brown": 10,
    "blue": 8,
    "white": 8,
    "red": 6,
    "pink": 6,
    "green": 6,
    "navy": 4,
}

EXTRAS: tuple[Garment, ...] = (
    Garment(
        "bag", 62, 299, {"women": 0.58, "men": 0.18, "unisex": 0.16, "kids": 0.08}, "one size",
        {"leather": 36, "canvas": 20, "nylon": 16, "faux leather": 16, "suede": 6, "straw": 6},
        {"plain": 82, "checked": 5, "striped": 4, "floral": 3, "leopard": 3, "camouflage": 3}, ALL_YEAR,
        ("work", "casual", "party", "holiday", "school", "outdoor"),
        cuts("""
            tote bag = 托特包 [women unisex men: minimal, classic, bohemian, oriental]
            shoulder bag = 单肩包 [women: romantic, glamour, minimal, classic]
            crossbody bag = 斜挎包
            backpack = 双肩包 [: sporty, outdoor, street, playful, minimal, classic / canvas, nylon, leather, faux leather]
            bucket bag = 水桶包 [women: romantic, bohemian, minimal]
            clutch = 手拿包 [women: glamour, oriental, romantic / leather, suede, faux leather]
            chain bag = 链条包 [women: glamour, street / leather, faux leather]
            messenger bag = 邮差包 [men unisex: classic, street, outdoor / canvas, nylon, leather]
            gym bag = 健身包 [women men unisex: sporty / nylon, canvas]
            straw beach bag = 草编沙滩包 [women: bohemian, romantic / straw]
            top-handle bag = 手提包 [women: classic, glamour, oriental]
        """),
        pairs("room for a 13-inch laptop = 可放13寸电脑; an inner zip pocket = 内置拉链袋; an adjustable strap = 肩带可调节;"
              "a magnetic clasp = 磁吸开合; feet that protect the base = 底部带脚钉; a padded back = 背面加厚减负"),
        (), ("大容量", "轻便", "百搭", "小众设计", "高级感"),
    ),
    Garment(
        "hat", 44, 89, {"women": 0.36, "men": 0.2, "unisex": 0.28, "kids": 0.16}, "one size",
        {"cotton": 34, "wool": 22, "straw": 14, "canvas": 8, "nylon": 8, "acrylic": 10, "fleece": 4},
        {"plain": 78, "striped": 7, "checked": 6, "graphic": 4, "camouflage": 3, "leopard": 2}, ("spring", "summer", "autumn"),
        ("casual", "outdoor", "holiday", "sport", "school"),
        cuts("""
            baseball cap = 棒球帽 [: street, sporty, minimal, playful, outdoor / cotton, nylon, canvas, wool]
            bucket hat = 渔夫帽 [: street, outdoor, minimal, playful, bohemian, romantic / cotton, nylon, canvas, wool, fleece]
            beanie = 毛线帽 [: minimal, street, outdoor, playful, sporty / wool, acrylic]
            beret = 贝雷帽 [women kids: romantic, classic, oriental, glamour / wool, cotton]
            fedora = 礼帽 [women men unisex: glamour, classic, bohemian, oriental / wool, straw]
            wide-brimmed sun hat = 大檐遮阳帽 [women kids: bohemian, glamour, romantic, oriental, playful / straw, cotton]
            flat cap = 鸭舌帽 [men unisex women: classic / wool, cotton]
        """),
        pairs("an adjustable band = 帽围可调节; a sweat-absorbing inner band = 内衬吸汗带; a small embroidered logo = 小刺绣点缀;"
              "a brim against the sun = 帽檐遮阳防晒; a soft lining = 柔软里衬; a foldable crown = 可折叠好收纳"),
        (), ("显脸小", "遮阳防晒", "百搭", "情侣款"),
    ),
    Garment(
        "scarf", 42, 139, {"women": 0.56, "men": 0.2, "unisex": 0.18, "kids": 0.06}, "one size",
        {"wool": 30, "cashmere": 22, "silk": 20, "acrylic": 14, "cotton": 7, "chiffon": 7},
        {"plain": 44, "checked": 24, "striped": 14, "floral": 10, "dotted": 6, "leopard": 2}, ("autumn", "winter"),
        ("casual", "work", "date night", "outdoor", "party"),
        cuts("""
            fringed scarf = 流苏围巾 [: classic, bohemian, minimal, romantic, playful / wool, cashmere, acrylic, cotton]
            square silk scarf = 真丝方巾 [women: romantic, glamour, classic, oriental / silk]
            oversized shawl = 大披肩 [women: bohemian, glamour, oriental, romantic / wool, cashmere, silk, chiffon, cotton]
            knitted scarf = 针织围巾 [: minimal, street, outdoor, sporty, playful / wool, cashmere, acrylic]
            long scarf = 长款围巾
            snood = 围脖 [: outdoor, sporty, street, playful / wool, acrylic]
            twilly scarf = 窄丝巾 [women: glamour, romantic, oriental / silk, chiffon]
        """),
        pairs("hand-rolled edges = 手工卷边; twisted fringes = 搓须流苏; generous length = 加长可多种系法; a woven label = 织唛点缀;"
              "reversible colouring = 双面双色; a gift box = 礼盒装"),
        (), ("百搭", "软糯保暖", "送礼佳品", "双面可用"),
    ),
    Garment(
        "watch", 44, 499, {"women": 0.4, "men": 0.4, "unisex": 0.12, "kids": 0.08}, "one size",
        {"steel": 44, "leather": 32, "titanium": 8, "rubber": 12, "canvas": 4}, {"plain": 1}, ALL_YEAR,
        ("work", "formal", "sport", "casual", "outdoor", "date night"),
        cuts("""
            quartz watch = 石英表
            chronograph watch = 计时腕表 [men unisex women: sporty, classic, street / steel, rubber, leather, titanium]
            slim dress watch = 超薄正装腕表 [women men unisex: minimal, classic, glamour, oriental / steel, leather]
            field watch = 军表 [men unisex women: outdoor / canvas, leather, steel, titanium]
            diver's watch = 潜水表 [men unisex: sporty, outdoor / steel, rubber, titanium]
            automatic watch = 机械表 [men women unisex: classic, glamour, oriental / steel, leather, titanium]
            bracelet watch = 手链腕表 [women: glamour, romantic / steel]
            digital watch = 电子表 [: sporty, street, playful / rubber]
            learning watch = 儿童手表 [kids: playful, sporty, classic / rubber, canvas]
        """),
        pairs("sapphire glass = 蓝宝石镜面; 5 ATM water resistance = 50米防水; luminous hands = 夜光指针; a date window = 日期显示;"
              "a quick-release strap = 快拆表带; a two-year battery = 长续航电池"),
        (), ("送礼优选", "轻薄", "防水夜光", "小众"), METALS,
    ),
    Garment(
        "sunglasses", 40, 199, {"women": 0.44, "men": 0.28, "unisex": 0.2, "kids": 0.08}, "one size",
        {"acetate": 52, "steel": 24, "titanium": 8, "nylon": 16}, {"plain": 88, "leopard": 12}, ("spring", "summer"),
        ("holiday", "outdoor", "casual", "sport", "party"),
        cuts("""
            square sunglasses = 方框太阳镜
            round sunglasses = 圆框太阳镜 [: bohemian, classic, romantic, oriental, playful]
            aviator sunglasses = 飞行员太阳镜 [women men unisex: classic, glamour, street / steel, titanium]
            cat-eye sunglasses = 猫眼太阳镜 [women: glamour, romantic / acetate]
            sports sunglasses = 运动太阳镜 [: sporty, outdoor, playful / nylon, titanium]
            oversized sunglasses = 大框太阳镜 [women: glamour, bohemian, street / acetate]
            slim sunglasses = 窄框太阳镜 [women unisex: street, minimal / acetate, steel]
        """),
        pairs("polarised lenses = 偏光镜片; UV400 protection = UV400防紫外线; spring hinges = 弹簧镜腿不夹脸; a hard case = 附赠镜盒;"
              "soft nose pads = 软硅胶鼻托; gradient lenses = 渐变镜片"),
        (), ("显脸小", "防紫外线", "偏光驾驶", "凹造型"), dict(COLOURS) | {"gold": 6, "silver": 5, "black": 18, "brown": 8}, True, True,
    ),
)  # fmt: skip
