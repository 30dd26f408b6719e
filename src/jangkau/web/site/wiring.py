"""Which room acts on what another room tells: one line for each. Called once, when the site starts."""

from jangkau.programmes.agents.actions import empty_of_list, fill_from_list, refresh_portfolios
from jangkau.programmes.claims.presenters.profile import tell_claims
from jangkau.programmes.compliance.actions import close_what_is_proved
from jangkau.programmes.construction.actions import assessing as works
from jangkau.programmes.construction.actions import budgets as village_budgets
from jangkau.programmes.construction.actions import lists as rosters
from jangkau.programmes.outreach.actions import logs as outreach
from jangkau.programmes.subsidy.actions import billing as subsidy
from jangkau.programmes.subsidy.presenters.profile import tell_funding
from jangkau.registry.access.events import listen
from jangkau.registry.cases.events import CaseMoved
from jangkau.registry.lists.events import (
    ListPublished,
    ListTakenBack,
    MeasuresRefreshed,
    MeasuringBegan,
    ProfileOpened,
)
from jangkau.web.api.tasks import telling
from jangkau.web.reports.presenters.profile import tell_data_requests
from jangkau.web.site.accounts import note_signing_in


def wire() -> None:
    """Names the listeners."""
    note_signing_in()
    listen(ListPublished, rosters.fill_from_list)
    listen(ListPublished, village_budgets.fill_budget)
    listen(ListTakenBack, village_budgets.drop_budget)
    listen(ListTakenBack, rosters.drop_with_list)
    listen(MeasuringBegan, rosters.tell_builders)
    listen(MeasuresRefreshed, works.assess_all)
    listen(ListPublished, fill_from_list)
    listen(ListTakenBack, empty_of_list)
    listen(MeasuresRefreshed, refresh_portfolios)
    listen(ListPublished, subsidy.take_answers)
    listen(ListTakenBack, subsidy.forget_answers)
    listen(ListPublished, outreach.keep_log)
    listen(ListTakenBack, outreach.forget_log)
    listen(MeasuresRefreshed, outreach.follow_measures)
    listen(MeasuresRefreshed, close_what_is_proved)
    listen(ListPublished, telling.list_published)
    listen(ListTakenBack, telling.list_taken_back)
    listen(MeasuresRefreshed, telling.measures_refreshed)
    listen(CaseMoved, telling.case_moved)
    listen(ProfileOpened, tell_funding)
    listen(ProfileOpened, tell_data_requests)
    listen(ProfileOpened, tell_claims)
