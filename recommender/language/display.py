"""How prices are written for people."""

from __future__ import annotations

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
