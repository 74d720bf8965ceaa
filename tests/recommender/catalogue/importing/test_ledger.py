from __future__ import annotations

import pytest

from recommender.catalogue.faults import Fault
from recommender.catalogue.importing.ledger import Ledger
from recommender.errors import CatalogueError


def test_the_closing_lines_add_up_and_name_reasons_by_frequency() -> None:
    ledger = Ledger(read=4, kept=1)
    ledger.drop(Fault(2, "price", "“a” is not a price", "…"))
    ledger.drop(Fault(3, "id", "empty", "…"))
    ledger.drop(Fault(4, "price", "“b” is not a price", "…"))
    ledger.mend(Fault(1, "colour", "“Red” is not in canonical form", "…", "warning"))
    assert str(ledger.close()).splitlines() == [
        "4 rows read = 1 kept + 3 dropped.",
        "  dropped: 2 × price: … is not a price",
        "  dropped: 1 × id: empty",
        "  mended or noted: 1 × colour: … is not in canonical form",
    ]


def test_a_row_that_is_neither_kept_nor_dropped_is_told() -> None:
    ledger = Ledger(read=2, kept=1)
    with pytest.raises(CatalogueError, match="1 are unaccounted for"):
        ledger.close()


def test_of_one_reason_only_the_first_rows_are_named_but_all_counted() -> None:
    ledger = Ledger(listed=2)
    for number in range(5):
        ledger.refuse(Fault(number, None, "3 cells instead of 4", "…"))
    tally = ledger.close()
    assert [fault.row for fault in tally.faults] == [0, 1]
    assert (tally.read, dict(tally.dropped)) == (5, {"… cells instead of …": 5})
