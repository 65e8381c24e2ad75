"""What a budget line comes to."""

from decimal import ROUND_HALF_UP, Context, Decimal

from funding.money import MAX_AMOUNT_SEK, AmountError, AmountTooLarge, NegativeAmount

# Wide enough for every product of the columns; too much becomes infinite instead of raising.
_EXACT = Context(prec=100, rounding=ROUND_HALF_UP, traps=[])


def line_amount(
    persons: int, quantity: Decimal, price: int | Decimal, rate: Decimal = Decimal(1)
) -> int:
    """Whole kronor of persons × quantity × price × kronor for one, half a krona rounded up.

    Raises `AmountError` for what is no number, `NegativeAmount` and `AmountTooLarge`.
    """
    amount = _EXACT.create_decimal(persons)
    for factor in (quantity, price, rate):
        if not Decimal(factor).is_finite():
            raise AmountError(str(factor))
        amount = _EXACT.multiply(amount, Decimal(factor))
    if amount < 0:
        raise NegativeAmount(str(amount))
    if not amount <= MAX_AMOUNT_SEK:  # infinite times nothing is neither
        raise AmountTooLarge(str(amount))
    return int(amount.to_integral_value(context=_EXACT))
