"""What kind of thing a title names, for catalogues without a column that says it."""

from __future__ import annotations

import re

OTHER = "other"

# By hand; the first word of a line is the category, where the demo has one by its name. Plurals are found too.
_NOUNS = """
dress: gown, frock, sundress
skirt
shirt: blouse, tunic
kurta: kurti
saree: sari
lehenga: lehenga choli, ghagra
salwar: churidar, salwar kameez, patiala
palazzos: palazzo
dupatta
t-shirt: tee, tshirt, polo shirt, henley
top: crop top, camisole, tank top, bodysuit, tube top
sweater: pullover, jumper
cardigan: shrug
sweatshirt
hoodie
jacket: blazer, waistcoat, nehru jacket, gilet, bandhgala, windcheater
coat: overcoat, trench coat, parka, raincoat
suit: tuxedo
jeans: jean, jeggings
trousers: trouser, pants, chinos, cargos, slacks, culottes, treggings
joggers: track pants, track pant, sweatpants, tracksuit
leggings: legging, tights
shorts: bermuda, bermudas
jumpsuit: dungarees, playsuit, romper
bra: bralette
underwear: briefs, brief, boxers, boxer, trunk, trunks, thong, panty, panties, lingerie set, shapewear, vest
nightwear: nightdress, nightgown, pyjamas, pyjama, pajamas, lounge pants, night suit, robe, nightshirt
swimwear: swimsuit, bikini
socks: sock, stockings, stocking
sneakers: sneaker, trainers, running shoes, training shoes, sports shoes, walking shoes
shoes: shoe, derbys, derby, oxfords, brogues, loafers, loafer, slip-ons, espadrilles, moccasins, monks, mojaris
flats: ballerinas, mules, peep toes
boots: boot
heels: pumps, stilettos, wedges, heel
sandals: sandal, flip-flops, flip flops, slippers, sliders, clogs
bag: handbag, backpack, tote, clutch, satchel, rucksack, duffel bag, trolley, suitcase, pouch, hobo
wallet: purse, card holder, passport holder
belt
tie: cufflinks, pocket square, bow tie
hat: cap, beanie
scarf: stole, shawl, muffler
gloves: glove
watch: smart watch, smartwatch
sunglasses: sunglass
jewellery: earring, jhumkas, studs, necklace, pendant, ring, bracelet, bangle, anklet, nosepin, chandbalis, rakhi
perfume: eau de toilette, eau de parfum, edt, edp, cologne, fragrance, body mist, deodorant
makeup: lipstick, lip gloss, lip colour, mascara, foundation, eyeliner, kajal, nail polish, top coat, concealer
makeup: eyeshadow, eye shadow, eyeshadow palette, eye shadow palette, lip color, blush, beauty kit
skin care: serum, moisturizer, moisturiser, lotion, cleanser, face wash, face mask, sunscreen, cream, toner, soap
hair care: shampoo, conditioner, hair oil, hair dryer
curtains: curtain
bedding: bedsheet, bedsheets, pillow, pillow cover, pillow covers, quilt, blanket, comforter, duvet, bed sheet, dohar
cushion: cushion cover, cushion covers
rug: carpet, doormat
towel
table linen: placemats, placemat, table cover, table runner, napkins
lamp: lantern, lampshade
kitchenware: mug, cup, plate, bowl, bottle, glass, tray
decor: wall art, showpiece, photo frame, vase, clock, figurine
toy: doll, puzzle, board game
book: novel, paperback
pen: pencil, marker, highlighter
notebook: journal, diary, planner, calendar
paper: envelope, envelopes, label, labels, sticky notes
printer: ink cartridge, ink cartridges, toner cartridge, toner, scanner, inkjet
stapler: staples, scissors, tape, binder, folder, folders, shredder, laminator
phone: telephone, smartphone, headset
computer: laptop, tablet, keyboard, mouse
furniture: chair, desk, table, sofa, bookcase, shelf, wall shelf
"""


def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _NOUNS.strip().splitlines():
        category, _, nouns = line.partition(":")
        for noun in (category, *(noun.strip() for noun in nouns.split(",") if noun.strip())):
            found.setdefault(noun, category)
            found.setdefault(f"{noun}es" if noun.endswith(("s", "ch", "sh", "x")) else f"{noun}s", category)
    return found


_CATEGORIES = _table()
_NOUN = re.compile(
    rf"(?<![\w-])(?:{'|'.join(re.escape(noun) for noun in sorted(_CATEGORIES, key=len, reverse=True))})(?![\w-])"
)
# What follows is a part or a gift of the thing, not the thing: "Kurta with Dupatta", "Cover for Sofa".
_BESIDES = re.compile(r"\s(?:with|for|in|by|from|featuring|worth)\s|[(,|]|\s[-–]\s")


def guess_category(title: str, brand: str = "") -> str:
    """The category of the last product noun of `title`, before "with …" and the like; "other" without one.

    In English product names the noun ends the phrase: "Shirt Dress" is a dress. `brand` is left out
    ("Pepe Jeans").
    """
    name = title.lower()
    if brand and name.startswith(brand.lower()):
        name = name[len(brand) :]
    parts = _BESIDES.split(name)
    for part in parts:
        if nouns := _NOUN.findall(part):
            return _CATEGORIES[nouns[-1]]
    return OTHER
