"""What dresses, skirts and everything worn above the waist can be."""

# ruff: noqa: E501 - rows of a table stay whole
from __future__ import annotations

from recommender.catalogue.demo.fabrics import COLOURS
from recommender.catalogue.demo.garments import Garment, cuts, pairs

RELAXED = pairs("relaxed = 宽松; regular = 合身; slim = 修身; oversized = 廓形")
RED_DRESSES = dict(COLOURS) | {"red": 16, "khaki": 1, "olive": 2, "grey": 3, "brown": 3}

TOPS: tuple[Garment, ...] = (
    Garment(
        "dress", 140, 269, {"women": 0.9, "kids": 0.1}, "clothes",
        {"cotton": 20, "chiffon": 18, "linen": 12, "silk": 8, "satin": 12, "lace": 8, "velvet": 6, "polyester": 10,
         "wool": 4, "denim": 4},
        {"plain": 34, "floral": 24, "dotted": 11, "striped": 7, "checked": 6, "leopard": 3, "tie-dye": 3},
        ("spring", "summer", "autumn"),
        ("casual", "work", "party", "wedding", "formal", "date night", "holiday", "school"),
        cuts("""
            wrap dress = 裹身连衣裙 [women: romantic, bohemian, glamour / chiffon, silk, satin, cotton, linen, polyester, velvet]
            slip dress = 吊带连衣裙 [women: minimal, glamour, romantic / silk, satin, lace, velvet]
            shirt dress = 衬衫连衣裙 [women: minimal, classic, outdoor]
            tea dress = 茶歇连衣裙 [women: romantic, classic / cotton, chiffon, silk, linen, lace]
            maxi dress = 长款连衣裙 [women: bohemian, glamour / chiffon, cotton, linen, satin, silk, lace]
            midi dress = 中长款连衣裙 [women]
            A-line dress = A字连衣裙
            T-shirt dress = T恤连衣裙 [women kids: sporty, street, playful / cotton, polyester]
            tennis dress = 网球连衣裙 [women: sporty / polyester, cotton]
            sheath dress = 修身连衣裙 [women: classic, minimal, glamour / wool, velvet, satin, polyester, lace, cotton]
            off-shoulder dress = 一字肩连衣裙 [women: glamour, romantic, bohemian / cotton, chiffon, linen, satin, lace, velvet]
            mandarin-collar dress = 立领盘扣连衣裙 [women kids: oriental / silk, cotton, linen, satin, velvet, wool]
            qipao-style dress = 改良旗袍连衣裙 [women: oriental / silk, satin, cotton, linen, velvet, lace]
            pinafore dress = 背带连衣裙 [women kids: playful, street, classic / cotton, denim, wool]
            tulle party dress = 蓬蓬公主连衣裙 [kids: playful / chiffon, lace, satin]
            cargo dress = 工装连衣裙 [women: outdoor, street / cotton, denim, linen]
        """),
        pairs("a square neckline = 方领设计修饰肩颈; hidden side pockets = 隐形侧袋放得下手机; an adjustable tie waist = 腰间系带可调节;"
              "puff sleeves = 泡泡袖遮肉显瘦; a deep V neck = V领拉长颈部线条; a side slit = 侧边开衩方便走动;"
              "a smocked back = 后背松紧抽褶; covered buttons = 同色包扣精致耐看; a tiered hem = 层叠裙摆很有动感;"
              "a concealed zip = 隐形拉链顺滑好穿"),
        pairs("close = 收腰; relaxed = 宽松; flowing = 飘逸; regular = 合身"),
        ("收腰显瘦", "显高显瘦", "气质百搭", "垂感飘逸", "小个子友好", "减龄", "遮肉"),
        RED_DRESSES,
    ),
    Garment(
        "skirt", 60, 199, {"women": 0.86, "kids": 0.14}, "clothes",
        {"cotton": 18, "denim": 14, "satin": 14, "chiffon": 10, "linen": 8, "wool": 12, "polyester": 12, "leather": 5,
         "faux leather": 6, "corduroy": 5, "silk": 4},
        {"plain": 52, "floral": 14, "checked": 16, "dotted": 6, "striped": 5, "leopard": 4, "tie-dye": 3},
        ("spring", "summer", "autumn"), ("casual", "work", "party", "date night", "holiday", "school", "sport"),
        cuts("""
            pleated skirt = 百褶裙
            A-line skirt = A字半身裙
            pencil skirt = 包臀裙 [women: classic, minimal, glamour]
            mini skirt = 短裙 [women: street, glamour, romantic]
            maxi skirt = 半身长裙 [women: bohemian, minimal, oriental]
            tiered skirt = 蛋糕裙 [women kids: bohemian, romantic, playful]
            tennis skirt = 网球裙 [women kids: sporty / polyester, cotton]
            cargo skirt = 工装半身裙 [women: outdoor, street]
            horse-face skirt = 马面裙 [women: oriental / silk, satin, cotton]
            wrap skirt = 一片式半身裙 [women: bohemian, minimal]
        """),
        pairs("an elastic waistband = 松紧腰头不勒肚; side pockets = 两侧插袋; a smooth lining = 内衬顺滑不透;"
              "a high waist = 高腰设计拉长腿部比例; a side zip = 侧拉链平整服帖; built-in shorts = 自带安全裤"),
        pairs("high-waisted = 高腰; flowing = 飘逸; close = 修身"),
        ("高腰显瘦", "遮胯显腿长", "百搭", "显高", "垂感"),
    ),
    Garment(
        "shirt", 70, 189, {"women": 0.44, "men": 0.42, "unisex": 0.08, "kids": 0.06}, "clothes",
        {"cotton": 40, "linen": 18, "silk": 8, "chiffon": 6, "denim": 7, "satin": 6, "polyester": 9, "corduroy": 6},
        {"plain": 46, "striped": 22, "checked": 16, "floral": 9, "dotted": 4, "leopard": 1, "tie-dye": 2},
        ("spring", "summer", "autumn"), ("casual", "work", "formal", "date night", "holiday", "school"),
        cuts("""
            Oxford shirt = 牛津纺衬衫 [men women unisex kids: classic, minimal / cotton]
            button-up shirt = 长袖衬衫
            short-sleeved shirt = 短袖衬衫 [: street, sporty, bohemian, outdoor, playful, minimal]
            camp-collar shirt = 古巴领衬衫 [men women unisex: bohemian, street]
            band-collar shirt = 立领衬衫 [men women unisex: oriental, minimal, bohemian]
            bow-neck blouse = 蝴蝶结衬衫 [women: romantic, glamour, classic]
            puff-sleeved blouse = 泡泡袖衬衫 [women: romantic]
            oversized shirt = 廓形衬衫 [women unisex men: minimal, street]
            overshirt = 工装衬衫 [men women unisex kids: outdoor, street / cotton, corduroy, denim, linen]
            knot-button shirt = 盘扣衬衫 [men women unisex: oriental]
        """),
        pairs("a crisp collar = 挺括领型不塌陷; mother-of-pearl buttons = 贝母纽扣; a chest pocket = 胸前贴袋;"
              "a curved hem = 弧形下摆; double cuffs = 法式袖口; hidden buttons under the collar = 领尖暗扣固定"),
        RELAXED, ("抗皱免烫", "通勤百搭", "显瘦", "叠穿神器", "高级感"),
    ),
    Garment(
        "t-shirt", 70, 99, {"women": 0.36, "men": 0.36, "unisex": 0.16, "kids": 0.12}, "clothes",
        {"cotton": 68, "polyester": 14, "linen": 7, "mesh": 5, "silk": 3, "wool": 3},
        {"plain": 44, "graphic": 26, "striped": 18, "tie-dye": 6, "camouflage": 3, "floral": 3},
        ("spring", "summer"), ("casual", "sport", "school", "holiday", "outdoor"),
        cuts("""
            crew-neck T-shirt = 圆领T恤
            V-neck T-shirt = V领T恤 [women men: minimal, classic, romantic]
            oversized T-shirt = 落肩T恤 [women men unisex: street, minimal]
            cropped T-shirt = 短款T恤 [women: street, sporty, romantic]
            long-sleeved T-shirt = 长袖T恤
            polo shirt = POLO衫短袖T恤 [men women kids unisex: classic, sporty / cotton, polyester]
            training T-shirt = 速干运动T恤 [: sporty / polyester, mesh]
            pocket T-shirt = 口袋T恤 [men women unisex: outdoor, minimal, bohemian]
            printed T-shirt = 国潮T恤 [unisex men women: oriental, street]
        """),
        pairs("a ribbed neckline that keeps its shape = 螺纹领口不变形; flat seams = 平缝走线不磨皮肤; dropped shoulders = 落肩设计遮肉;"
              "taped shoulders = 肩部包条防变形; a straight hem = 直筒下摆; a small embroidered logo = 胸前小刺绣"),
        RELAXED, ("透气", "显瘦", "百搭打底", "不易变形", "情侣款"),
    ),
    Garment(
        "sweater", 60, 259, {"women": 0.46, "men": 0.36, "unisex": 0.08, "kids": 0.1}, "clothes",
        {"wool": 40, "cashmere": 16, "cotton": 20, "acrylic": 24},
        {"plain": 56, "striped": 22, "checked": 12, "graphic": 6, "dotted": 4},
        ("autumn", "winter"), ("casual", "work", "date night", "school", "outdoor"),
        cuts("""
            crew-neck sweater = 圆领毛衣
            turtleneck sweater = 高领毛衣 [women men unisex: minimal, glamour, classic]
            V-neck sweater = V领毛衣 [women men: classic, minimal, romantic, oriental]
            cable-knit sweater = 麻花毛衣 [: classic, outdoor, playful, bohemian]
            half-zip sweater = 半拉链毛衣 [men women unisex: sporty, outdoor, street]
            chunky knit sweater = 粗针毛衣 [women men unisex: bohemian, street, outdoor]
            mohair-look sweater = 马海毛感毛衣 [women: romantic, street]
            Fair Isle sweater = 费尔岛提花毛衣 [men women kids: classic, playful, outdoor]
            mock-neck sweater = 半高领毛衣 [women men: oriental, minimal, glamour, sporty]
        """),
        pairs("ribbed cuffs and hem = 罗纹收口不松垮; raglan sleeves = 插肩袖活动自如; a soft rolled neck = 柔软翻领;"
              "fully fashioned seams = 全成型工艺缝合; elbow patches = 手肘贴布; a relaxed shoulder = 落肩慵懒不挑人"),
        RELAXED, ("软糯不扎", "保暖", "慵懒风", "打底外穿", "显瘦"),
    ),
    Garment(
        "cardigan", 44, 239, {"women": 0.64, "men": 0.24, "kids": 0.12}, "clothes",
        {"wool": 40, "cashmere": 16, "cotton": 22, "acrylic": 22},
        {"plain": 62, "striped": 15, "checked": 10, "floral": 7, "dotted": 6},
        ("spring", "autumn", "winter"), ("casual", "work", "date night", "school"),
        cuts("""
            button-front cardigan = 针织开衫
            cropped cardigan = 短款开衫 [women: romantic, street, glamour]
            long cardigan = 长款开衫 [women: bohemian, minimal]
            V-neck cardigan = V领开衫
            shawl-collar cardigan = 青果领开衫 [men women: classic, outdoor]
            chunky cardigan = 粗针开衫 [women men: bohemian, outdoor, street]
            knot-button cardigan = 盘扣开衫 [women: oriental]
            varsity cardigan = 学院风开衫 [women men kids: classic, sporty, playful, street]
        """),
        pairs("horn-effect buttons = 牛角纹纽扣; two patch pockets = 双贴袋; ribbed trims = 罗纹收边;"
              "pearl buttons = 珍珠扣点缀; a soft drape = 垂感门襟; slightly puffed sleeves = 微泡袖型"),
        RELAXED, ("软糯", "百搭外搭", "空调房必备", "温柔", "显瘦"),
    ),
    Garment(
        "hoodie", 46, 199, {"women": 0.28, "men": 0.3, "unisex": 0.26, "kids": 0.16}, "clothes",
        {"cotton": 54, "fleece": 28, "polyester": 18},
        {"plain": 44, "graphic": 36, "striped": 6, "tie-dye": 7, "camouflage": 7},
        ("spring", "autumn", "winter"), ("casual", "sport", "school", "outdoor"),
        cuts("""
            hoodie = 连帽卫衣
            zip hoodie = 拉链连帽卫衣
            crew-neck sweatshirt = 圆领卫衣
            oversized hoodie = 廓形连帽卫衣 [women men unisex: street, minimal]
            cropped hoodie = 短款连帽卫衣 [women: street, sporty, romantic]
            training hoodie = 运动连帽卫衣 [: sporty]
            half-zip sweatshirt = 半拉链卫衣 [men women unisex: outdoor, classic, sporty]
            embroidered hoodie = 国风刺绣卫衣 [unisex women men: oriental]
        """),
        pairs("a double-layered hood = 双层立体帽型; a kangaroo pocket = 前置大口袋; ribbed cuffs = 罗纹袖口;"
              "metal-tipped drawstrings = 金属头抽绳; a brushed inside = 内里拉绒; dropped shoulders = 落肩袖"),
        RELAXED, ("加绒可选", "情侣款", "潮流百搭", "宽松显瘦"),
    ),
    Garment(
        "jacket", 62, 369, {"women": 0.4, "men": 0.42, "unisex": 0.08, "kids": 0.1}, "clothes",
        {"denim": 20, "leather": 14, "faux leather": 10, "nylon": 20, "cotton": 16, "wool": 8, "suede": 5, "corduroy": 7},
        {"plain": 74, "checked": 10, "camouflage": 6, "striped": 4, "floral": 3, "leopard": 3},
        ("spring", "autumn"), ("casual", "work", "outdoor", "party", "sport", "school"),
        cuts("""
            bomber jacket = 飞行员夹克 [: street, sporty, minimal, playful]
            biker jacket = 机车皮衣 [women men: street, glamour / leather, faux leather, suede]
            denim jacket = 牛仔外套 [women men unisex kids: street, classic, bohemian, playful, romantic / denim]
            windbreaker = 防风夹克 [: sporty, outdoor, playful / nylon]
            field jacket = 工装夹克 [men women unisex: outdoor, street, classic / cotton, nylon, corduroy]
            blazer = 西装外套 [women men: classic, minimal, glamour / wool, cotton, corduroy]
            cropped jacket = 短款外套 [women: romantic, glamour, minimal / wool, cotton, denim, leather]
            shell jacket = 冲锋衣 [men women unisex kids: outdoor, sporty / nylon]
            coach jacket = 教练夹克 [men unisex women: street, minimal / nylon, cotton]
            frog-button jacket = 盘扣国风外套 [women men: oriental / cotton, wool, suede, corduroy]
            fringed jacket = 流苏外套 [women: bohemian / suede, denim, leather, faux leather]
            varsity jacket = 棒球服外套 [men women kids unisex: classic, sporty, playful, street / wool, cotton]
            trucker jacket = 翻领夹克 [men women kids: outdoor, classic, bohemian, romantic, playful / denim, suede, cotton, corduroy]
        """),
        pairs("a two-way zip = 双向拉链; zipped side pockets = 拉链侧袋; an inner pocket = 内置暗袋; a stand collar = 立领防风;"
              "adjustable cuffs = 袖口可调节; a quilted lining = 绗缝内里; sharp lapels = 挺括翻领"),
        RELAXED, ("帅气百搭", "显瘦", "短款显高", "有型", "防风"),
    ),
    Garment(
        "coat", 56, 599, {"women": 0.5, "men": 0.38, "kids": 0.12}, "clothes",
        {"wool": 38, "cashmere": 12, "cotton": 18, "goose down": 18, "polyester": 8, "fleece": 6},
        {"plain": 78, "checked": 18, "leopard": 2, "striped": 2},
        ("autumn", "winter"), ("work", "casual", "formal", "outdoor", "date night"),
        cuts("""
            double-breasted coat = 双排扣大衣 [women men: classic, glamour, romantic / wool, cashmere]
            wrap coat = 系带大衣 [women: minimal, romantic, glamour, bohemian / wool, cashmere]
            trench coat = 风衣 [women men: classic, minimal, romantic / cotton, polyester]
            overcoat = 长款大衣 [women men: minimal, classic, street / wool, cashmere]
            duffle coat = 牛角扣大衣 [women men kids: classic, playful / wool]
            puffer coat = 羽绒服 [: sporty, street, outdoor, glamour, playful / goose down]
            parka = 派克大衣 [women men kids: outdoor, street, playful / cotton, goose down, polyester]
            teddy coat = 泰迪毛绒大衣 [women kids: romantic, street, playful, bohemian / fleece]
            padded coat = 棉服 [: sporty, outdoor, playful, minimal / polyester, cotton]
            stand-collar coat = 立领盘扣大衣 [women men: oriental / wool, cashmere, cotton]
        """),
        pairs("deep side pockets = 双侧大口袋; a removable belt = 可拆腰带; a back vent = 后开衩; a full lining = 全里衬;"
              "a high collar against the wind = 高领防风; a storm flap = 防风门襟; large horn buttons = 大牛角扣"),
        pairs("straight = 直筒; relaxed = 宽松; slim = 修身; oversized = 茧型"),
        ("保暖显瘦", "高级感", "过膝长款", "不臃肿", "通勤"),
        dict(COLOURS) | {"red": 6, "beige": 10, "brown": 8, "yellow": 2, "light blue": 2},
    ),
)  # fmt: skip
