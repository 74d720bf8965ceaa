"""Words that say nothing about what is looked for, in both languages; what `residue` leaves out."""

from __future__ import annotations

import re

ENGLISH = frozenset(
    """
    a about above actually add after again ago ah all almost along already alright also although always am amazing an and
    another any anybody anyone anything anyway are aren't around as ask at available avoid away awesome back be because been
    before being below best better between big bit both brand bring but buy buying by bye can can't cannot care change check
    cheers choose clothes clothing color colors colour colours come cool cost costs could couldn't couple cost cute dear
    definitely did didn't different do does doesn't doing don't done dont down drop each either else enjoy enough especially
    even ever every everything exactly except excluding expensive fan fancy feel few find fine first fit fits fond for forget
    from fun get gets getting give given gives go goes going good gonna gorgeous got great guess had hadn't happy has hasn't
    hate have haven't having he hello help her here hers hey hi him his hmm how however i i'd i'll i'm i've idea if ignore
    im in include including instead interested into is isn't it it'd it'll it's item items its ive just keen keep kind kinda
    know last lately least left less let let's like liked likes little ll long look looking looks lot lots love loved lovely
    made make makes many matter max maximum may maybe me mean might mind mine minimum more most much must my myself name need
    needed needn't needs never new next nice no non none nope nor not nothing now number of off oh ok okay old on one ones
    only onto open option options or other others our ours out outfit outfits over own pair pairs perfect perhaps pick pics
    piece pieces please pls plus plz possible possibly prefer preferably pretty price priced prices product products purchase
    quick quite range rather ready real really recommend recommendation recommendations recommended recommending regardless
    right said same say see seeing seem seems sell selling send she should show showing shown similar since size sizes so
    some somebody someone something somewhat sorry sort special specific spend still stock stop stuff style styles such
    suggest suggested suggestion suggestions suggesting suit suitable suits super sure take tell than thank thanks that
    that's thats the their them then there there's these they they're thing things think this those though thx till to today
    together tomorrow tonight too top total totally tried try trying type under until up upon us use using usually various ve
    very wanna want wanted wanting wants was wasn't way we we'd we'll we're we've wear wearing well were what what's
    whatever when where whether which while who whole whom whose why will wise wish with within without won't worn worth
    would wouldn't wow y'all yeah yep yes yet you you'd you'll you're you've your yours yuan yup rmb cny usd dollars bucks
    kuai euro euros pounds attire garment garments apparel wardrobe budget decent beautiful excellent wonderful stylish
    fashionable trendy elegant-looking brands colored coloured material kinds types ideally somewhere anywhere currently
    asap urgently soon shop shopping store catalog catalogue hiya greetings morning afternoon evening lol haha hm um uh er
    thankyou cheap cheaper affordable hundred thousand two three four five six seven eight nine ten twenty fifty anymore
    fed sick tired rid skip dislike exclude remove minus sans apart aside isnt arent doesnt didnt wont cant couldnt
    wouldnt shouldnt dislikes hates s t d m re prefers preferred preference preferences plain-spoken works work's
    gift gifts present presents
    """.split()
) - {"gift", "gifts", "present", "presents", "brand"} | {"brand"}

# Longest first: a phrase must not lose its middle to a shorter one.
_PHRASES = (
    "可不可以 能不能 可以 能否 有没有 有木有 是不是 麻烦你 麻烦 请问 请 帮我 帮忙 给我 替我 为我 我想要 我想买 我想看 我想 我要 我在找 我需要 想要 想买 想看 想找 想入手 入手 "
    "需要 正在找 在找 找找 找 来一 来几 来点 来个 来 推荐一下 推荐 介绍一下 介绍 看一下 看看 看下 看 搜一下 搜 挑 选 买 购买 购入 求 有什么 有哪些 有啥 有吗 什么样 "
    "怎么样 怎么办 怎么 如何 适合 合适 可以穿 能穿 穿着 穿的 穿去 穿 搭配 戴 用的 用来 送给 谢谢 多谢 感谢 你好 您好 哈喽 嗨 早上好 晚上好 再见 拜拜 "
    "不想要 不要 别要 不喜欢 不想 不是 不带 不含 没有 除了 以外 之外 除外 不能 不用 不需要 不行 不考虑 讨厌 避免 排除 喜欢 比较喜欢 偏爱 最好是 最好 希望 打算 准备 考虑 "
    "一下 一点 一些 一个 一件 一条 一双 一款 一套 一只 一顶 几个 几件 几条 几双 几款 几套 几只 几顶 两件 两条 三件 这个 那个 这件 那件 这条 那条 这款 那款 这种 那种 这些 那些 "
    "其他 别的 另外 还有 还要 还是 或者 而且 但是 不过 因为 所以 如果 的话 就是 就行 就好 就可以 都可以 都行 无所谓 随便 没关系 左右 上下 以内 以下 以上 之间 大概 大约 差不多 "
    "价格 价位 价钱 预算 多少钱 元 块钱 人民币 颜色 尺码 尺寸 品牌 牌子 材质 面料 款式 款 类型 图案 风格的 衣服 东西 商品 产品 单品 服装 服饰 "
    "好看 漂亮 不错 好的 好吧 好呀 好啊 比较 非常 特别 真的 有点 稍微 更加 更 最 很 太 挺 便宜 贵 实惠 "
    "第一 第二 第三 为什么 为啥 什么 哪个 哪件 哪种 哪些 谁 多少 几 今天 明天 现在 最近 马上 我老 我 你 您 他 她 它 我们 你们 "
    "换成 换个 换一个 换一 换 再来 再 又 也 还 就 都 只 才 吧 呢 吗 啊 呀 哦 嘛 哈 了 的 地 得 着 过 是 在 有 没 不 别 和 跟 与 及 或 把 被 给 对 从 到 向 为 让 要 想 能 会 "
    "请给 嗯 好 行 可 那 这 个 件 条 双 套 只 顶 支 张 块 种 样 些 点 哪 嘿 拜 亲 老板 店家 店里 你家 你们家 客服 小姐姐 帮 当 作为 做 时候 时 参加 去 上 下 里 内 外 中"
).split()
_SINGLE = frozenset(word for word in _PHRASES if len(word) == 1)
CHINESE_WORDS = frozenset(_PHRASES) | _SINGLE
CHINESE_PHRASES = re.compile("|".join(sorted((word for word in _PHRASES if len(word) > 1), key=len, reverse=True)))
