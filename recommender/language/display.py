"""How prices and other numbers are written for people."""

from __future__ import annotations

from recommender.language.forms import inflections

_SYMBOLS = {
    "CNY": "¥",
    "JPY": "JP¥",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "INR": "₹",
    "HKD": "HK$",
    "TWD": "NT$",
    "KRW": "₩",
}


def format_price(amount: float, currency: str) -> str:
    """`amount` with its currency's sign and no needless decimals: ¥399, $19.90; an unknown currency shows its code."""
    number = f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,.2f}"
    symbol = _SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{number} {currency}"


def format_measure(value: float, unit: str) -> str:
    """`value` with its unit: "117 minutes", "1 minute", "117 分钟", "0.5%", "12,500"; a bare number without one."""
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")
    if not unit:
        return number
    if not unit[0].isalpha():
        return f"{number}{unit}"
    if number == "1" and unit.isascii() and len(unit) > 3:
        unit = next(iter(inflections(unit)), unit) if unit.endswith("s") else unit
    return f"{number} {unit}"
