"""The answer to "what is our contract rate for 99213 with them": the rate first, by product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.evidence import Basis, Citation, Figure, Finding, Sentence, long_date, says
from knowledge.problems import NotKnown
from knowledge.reference.settings_of_service import Setting
from tools.practice import Practice
from tools.schedules.contract_rate import ContractRate, contract_rate, fee_schedules
from tools.schedules.medicare_on_file import medicare_of
from tools.schedules.schedule_row import ScheduleRow

MOST = 8


def contract_first(
    practice: Practice,
    finding: Finding,
    payers: Sequence[str],
    codes: Sequence[str],
    on: date,
    setting: Setting | None,
    product: str | None,
) -> Finding:
    """The finding with the contract's rates in front; what is paid follows.

    One sentence a payer and code, each product named where their rates differ; a payer
    without a rate on file is said. Without codes the finding stays as it is.
    """
    lead = _Lead(practice, fee_schedules(practice, payers), on, setting or "office", product)
    told = [lead.sentence(payer, code) for payer in payers for code in list(codes)[:MOST]]
    if not told:
        return finding
    rates = tuple(figure for sentence in told for figure in sentence.figures)
    return replace(
        finding,
        headline=told[0],
        sentences=(*told[1:], finding.headline, *finding.sentences),
        figures=(*rates, *finding.figures),
        details={**finding.details, "contract_rates": [figure.id for figure in rates]},
    )


class _Lead:
    def __init__(
        self,
        practice: Practice,
        rows: Sequence[ScheduleRow],
        on: date,
        setting: Setting,
        product: str | None,
    ) -> None:
        self._practice, self._rows, self._on = practice, rows, on
        self._setting, self._product = setting, product
        self._medicare = medicare_of(practice)

    def sentence(self, payer: str, code: str) -> Sentence:
        """The rate of one payer and code in words."""
        short = self._practice.payers.short_name(payer)
        values: dict[str, Figure | Citation | str] = {
            "payer": short, "code": code, "day": long_date(self._on), "where": self._setting,
        }  # fmt: skip
        try:
            rate = self._rate(payer, code, self._product)
        except NotKnown as unknown:
            by = self._by_product(payer, code)
            if not by:
                return says("{payer}'s contract rate for {code} is not known: {why}.",
                            payer=short, code=code, why=unknown.what)  # fmt: skip
            parts = []
            for n, (product, each) in enumerate(by):
                name, amount = f"product_{n}", f"rate_{n}"
                values[name] = product
                values[amount] = self._figure(short, code, each, product)
                parts.append(f"{{{name}}} {{{amount}}}")
            text = "{payer}'s contract rate for {code} differs by product on {day}: "
            return says(text + ", ".join(parts) + " ({where}).", **values)
        rule = rate.rule.split(" (the contract's own words")[0]
        values |= {"rate": self._figure(short, code, rate, self._product), "rule": rule}
        text = "{payer}'s contract rate for {code} is {rate} on {day} ({where}; {rule})"
        if rate.citation:
            values["cite"] = rate.citation
            text += " {cite}"
        return says(text + ".", **values)

    def _rate(self, payer: str, code: str, product: str | None) -> ContractRate:
        return contract_rate(
            self._rows, payer=payer, code=code, on=self._on, product=product,
            setting=self._setting, locality=self._practice.locality, medicare=self._medicare,
        )  # fmt: skip

    def _by_product(self, payer: str, code: str) -> list[tuple[str, ContractRate]]:
        """Each product's rate, where products are what tells the rates apart."""
        if self._product is not None:
            return []
        named = sorted({
            row.product for row in self._rows
            if row.payer == payer and row.product and row.covers(code) and row.holds_on(self._on)
        })  # fmt: skip
        found = []
        for product in named[:MOST]:
            try:
                found.append((product, self._rate(payer, code, product)))
            except NotKnown:
                continue
        return found

    def _figure(self, short: str, code: str, rate: ContractRate, product: str | None) -> Figure:
        name = f"{short} {code}{f', {product}' if product else ''}: contract rate"
        words = f"{rate.rule}, in force on {self._on.isoformat()}, {self._setting}"
        return Figure(name, rate.amount, "USD", Basis(words), as_of=self._on, places=2)
