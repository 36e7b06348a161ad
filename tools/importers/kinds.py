"""All kinds of practice data that a table file may hold, the most telling first."""

from tools.importers.access import Access
from tools.importers.capacity import Capacity
from tools.importers.claims import Claims
from tools.importers.contacts import Contacts
from tools.importers.fee_schedule import FeeSchedule
from tools.importers.market_rates import MarketRates
from tools.importers.membership import Membership
from tools.importers.practice_costs import PracticeCosts
from tools.importers.quality import Quality
from tools.importers.row import Importer
from tools.importers.utilization import Utilization

IMPORTERS: tuple[Importer, ...] = (
    Claims(),
    MarketRates(),
    FeeSchedule(),
    Quality(),
    Utilization(),
    Access(),
    Membership(),
    Contacts(),
    Capacity(),
    PracticeCosts(),
)
