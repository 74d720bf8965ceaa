"""What is worn below the waist, on the feet, and everything else."""

# ruff: noqa: E501 - rows of a table stay whole
from __future__ import annotations

from recommender.catalogue.demo.fabrics import COLOURS
from recommender.catalogue.demo.garments import ALL_YEAR, Garment, cuts, pairs

DENIM_COLOURS = {
    "blue": 30, "light blue": 16, "black": 20, "navy": 12, "grey": 8, "white": 7, "red": 3, "beige": 4, "pink": 2, "brown": 3,
}  # fmt: skip
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
CLASSIC_FEET = dict(COLOURS) | {"silver": 3, "gold": 3}

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
        (), ("轻便透气", "软底舒适", "增高", "百搭", "防滑耐磨"), CLASSIC_FEET, True, True,
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
        (), ("显腿细", "防滑保暖", "百搭", "真皮质感"), CLASSIC_FEET, True, True,
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
        (), ("不磨脚", "软底", "防滑", "百搭"), CLASSIC_FEET, True, True,
    ),
)  # fmt: skip

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
