"""What shoes can be."""

# ruff: noqa: E501 - rows of a table stay whole
from __future__ import annotations

from recommender.catalogue.demo.fabrics import COLOURS
from recommender.catalogue.demo.garments import ALL_YEAR, Garment, cuts, pairs

SHOE_COLOURS = dict(COLOURS) | {"silver": 3, "gold": 3}

SHOES: tuple[Garment, ...] = (
    Garment(
        "sneakers", 70, 329, {"women": 0.34, "men": 0.34, "unisex": 0.18, "kids": 0.14}, "shoes",
        {"mesh": 34, "canvas": 22, "leather": 22, "faux leather": 10, "suede": 12},
        {"plain": 78, "striped": 10, "graphic": 4, "checked": 4, "camouflage": 2, "leopard": 2}, ALL_YEAR,
        ("sport", "casual", "school", "outdoor"),
        cuts("""
            running shoes = 跑鞋 [: sporty, playful / mesh]
            low-top sneakers = 低帮板鞋
            high-top sneakers = 高帮板鞋 [: street, playful]
            canvas sneakers = 帆布鞋 [: bohemian, classic, street, playful, romantic, oriental / canvas]
            court sneakers = 小白鞋 [women men unisex: minimal, classic, romantic / leather, faux leather]
            chunky sneakers = 老爹鞋 [women men unisex: street, glamour / mesh, leather, suede, faux leather]
            trail shoes = 越野鞋 [men women unisex: outdoor / mesh, suede]
            slip-on sneakers = 一脚蹬休闲鞋 [: minimal, bohemian, playful, glamour / canvas, mesh, leather]
            retro runners = 复古跑鞋 [women men unisex: classic, romantic, sporty / suede, mesh]
        """),
        pairs("a cushioned midsole = 缓震中底; a grippy rubber outsole = 防滑橡胶大底; a padded collar = 加软鞋口不磨脚;"
              "a removable insole = 可拆鞋垫; a reflective heel = 后跟反光条; reinforced toe = 鞋头加固"),
        (), ("轻便透气", "软底舒适", "增高", "百搭", "防滑耐磨"), SHOE_COLOURS, True, True,
    ),
    Garment(
        "boots", 48, 459, {"women": 0.52, "men": 0.36, "kids": 0.12}, "shoes",
        {"leather": 46, "suede": 28, "faux leather": 18, "rubber": 8}, {"plain": 95, "leopard": 5}, ("autumn", "winter"),
        ("casual", "work", "outdoor", "party", "date night"),
        cuts("""
            Chelsea boots = 切尔西靴 [women men kids: minimal, classic, playful / leather, suede, faux leather]
            ankle boots = 短靴 [women: romantic, glamour, bohemian, minimal, oriental]
            knee-high boots = 长筒靴 [women: glamour, romantic, classic]
            combat boots = 马丁靴 [women men: street, outdoor, classic / leather, faux leather]
            desert boots = 沙漠靴 [men women: classic, bohemian, oriental / suede]
            hiking boots = 登山靴 [men women kids: outdoor, sporty, playful / leather, suede]
            snow boots = 雪地靴 [women kids men: playful, outdoor, sporty, street / suede]
            rain boots = 雨靴 [women kids men: playful, outdoor, minimal / rubber]
            cowboy boots = 西部靴 [women men: bohemian, street / leather, suede, faux leather]
        """),
        pairs("elastic side panels = 两侧松紧拼接; a stacked heel = 叠层鞋跟; a lugged sole = 齿纹防滑底; a warm lining = 加绒内里;"
              "a side zip = 侧拉链穿脱方便; a pull tab = 后跟提带"),
        (), ("显腿细", "防滑保暖", "百搭", "真皮质感"), SHOE_COLOURS, True, True,
    ),
    Garment(
        "heels", 46, 389, {"women": 1}, "shoes",
        {"leather": 40, "suede": 22, "satin": 18, "faux leather": 20}, {"plain": 84, "leopard": 8, "dotted": 4, "floral": 4}, ALL_YEAR,
        ("party", "work", "wedding", "formal", "date night"),
        cuts("""
            stiletto heels = 细跟高跟鞋 [: glamour]
            kitten heels = 猫跟鞋 [: romantic, classic, minimal, oriental]
            block-heel pumps = 粗跟单鞋 [: classic, minimal, street]
            slingback heels = 后空高跟鞋 [: romantic, glamour, classic]
            ankle-strap heels = 绑带高跟鞋 [: glamour, bohemian, romantic]
            pointed pumps = 尖头高跟鞋 [: minimal, glamour, classic]
            Mary Jane heels = 玛丽珍高跟鞋 [: romantic, street, oriental]
            platform heels = 防水台高跟鞋 [: glamour, street, bohemian]
        """),
        pairs("a 6 cm heel = 6厘米跟高; a cushioned footbed = 软垫鞋垫久站不累; a pointed toe = 尖头显脚瘦;"
              "an adjustable strap = 可调节绑带; a non-slip sole = 防滑鞋底; an 8 cm heel = 8厘米跟高"),
        (), ("显腿长", "不累脚", "伴娘鞋", "气质"), dict(COLOURS) | {"silver": 6, "gold": 6, "red": 10, "olive": 1}, True, True,
    ),
    Garment(
        "sandals", 44, 199, {"women": 0.56, "men": 0.24, "kids": 0.2}, "shoes",
        {"leather": 40, "rubber": 22, "suede": 10, "canvas": 12, "straw": 8, "faux leather": 8}, {"plain": 92, "leopard": 4, "striped": 4},
        ("summer",), ("holiday", "casual", "outdoor", "party"),
        cuts("""
            strappy sandals = 细带凉鞋 [women: romantic, glamour, bohemian]
            flat sandals = 平底凉鞋
            slides = 一字拖凉鞋 [: sporty, minimal, street, playful / rubber, leather, faux leather]
            gladiator sandals = 罗马凉鞋 [women: bohemian, glamour / leather, suede, faux leather]
            hiking sandals = 户外凉鞋 [: outdoor, sporty, playful / rubber, canvas]
            espadrille sandals = 草编底凉鞋 [women: bohemian, romantic, oriental / canvas, straw, suede]
            two-strap sandals = 双扣凉鞋 [women men kids: minimal, classic, street, playful / leather, suede, rubber, faux leather]
            flip-flops = 人字拖 [: bohemian, playful, sporty / rubber]
            fisherman sandals = 渔夫凉鞋 [men women: classic, minimal, oriental / leather, suede]
        """),
        pairs("a moulded footbed = 贴合足弓鞋床; adjustable buckles = 可调节鞋扣; a light non-slip sole = 轻便防滑底;"
              "a padded strap = 软垫鞋带不磨脚; a low wedge = 小坡跟; a quick-drying strap = 速干织带"),
        (), ("不磨脚", "软底", "防滑", "百搭"), SHOE_COLOURS, True, True,
    ),
)  # fmt: skip
