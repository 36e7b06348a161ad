"""A change of an average split into price and mix, worked by hand and held by properties.

Older: 10 visits at 80 and 10 at 120: 2,000 over 20, 100.00 a unit.
"""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tools.trends.price_and_mix import Sold, price_and_mix

OLDER = {"99213": Sold(Decimal(10), Decimal(800)), "99214": Sold(Decimal(10), Decimal(1200))}


def test_more_of_the_dearer_code_at_the_same_price_is_mix_alone() -> None:
    # newer: 5 at 80 and 15 at 120 = 2,200 over 20 = 110.00; the old basket costs 2,000 again
    newer = {"99213": Sold(Decimal(5), Decimal(400)), "99214": Sold(Decimal(15), Decimal(1800))}
    split = price_and_mix(OLDER, newer)
    assert (split.change, split.price, split.mix) == (Decimal(10), Decimal(0), Decimal(10))
    assert split.index == 0
    assert split.still == 2000


def test_five_percent_more_on_every_code_is_price_alone() -> None:
    # newer: 10 at 84 and 10 at 126 = 2,100 over 20 = 105.00; the old basket costs 2,100
    newer = {"99213": Sold(Decimal(10), Decimal(840)), "99214": Sold(Decimal(10), Decimal(1260))}
    split = price_and_mix(OLDER, newer)
    assert (split.change, split.price, split.mix) == (Decimal(5), Decimal(5), Decimal(0))
    assert split.index == 5


def test_a_raise_hidden_by_simpler_visits() -> None:
    # newer: 15 at 84 and 5 at 126 = 1,890 over 20 = 94.50. The old basket costs 2,100: price
    # 100 / 20 = 5.00; the average fell by 5.50, so mix is -10.50.
    newer = {"99213": Sold(Decimal(15), Decimal(1260)), "99214": Sold(Decimal(5), Decimal(630))}
    split = price_and_mix(OLDER, newer)
    assert (split.change, split.price, split.mix) == (
        Decimal("-5.50"),
        Decimal("5.00"),
        Decimal("-10.50"),
    )


def test_a_code_billed_in_one_period_only_is_mix() -> None:
    # newer: 10 at 80 and 10 of a new code at 200 = 2,800 over 20 = 140.00; 99213 pays the same
    newer = {"99213": Sold(Decimal(10), Decimal(800)), "G0439": Sold(Decimal(10), Decimal(2000))}
    split = price_and_mix(OLDER, newer)
    assert (split.price, split.mix, split.both) == (Decimal(0), Decimal(40), ("99213",))


AMOUNTS = st.decimals(min_value=0, max_value=100_000, places=2)
SALES = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d", "e"]),
    st.builds(Sold, st.integers(1, 500).map(Decimal), AMOUNTS),
    min_size=1,
)


@given(SALES, SALES)
def test_price_and_mix_add_up_to_the_change_to_the_cent(
    older: dict[str, Sold], newer: dict[str, Sold]
) -> None:
    split = price_and_mix(older, newer)
    assert split.price + split.mix == split.after - split.before
    assert split.price == split.price.quantize(Decimal("0.01"))


@given(SALES)
def test_the_same_sales_twice_change_nothing(sales: dict[str, Sold]) -> None:
    split = price_and_mix(sales, sales)
    assert (split.change, split.price, split.mix) == (0, 0, 0)
    assert split.still == split.basket
