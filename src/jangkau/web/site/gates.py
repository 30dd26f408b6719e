"""What every address asks of those who come: which permission to look, which to change. An address that is not named
here is open to nobody, and a test says so before anybody meets it. Programs pass the gates of web/api instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from jangkau.registry.access.models import Permission, User
from jangkau.registry.access.permissions import Gate, pass_gate


def _each(gate: Gate, names: str) -> dict[str, Gate]:
    return dict.fromkeys(names.split(), gate)


STRANGER, SIGNED_IN = Gate(None, stranger=True), Gate(None)
GATES: dict[str, Gate] = {
    **_each(STRANGER, """
        alive ready metrics work_verify set_language demo_login letter_verify decree_verify
    """),
    **_each(SIGNED_IN, """
        home regions definitions claims claims_calculator simulations simulations_calculator agents_own
        agents_own_recruit agents_own_incentives employer_own employer_own_answer employer_own_lists
        employer_own_letter job job_cancel leave glass
    """),
    **_each(Gate(Permission.ADMINISTER_USERS, Permission.ADMINISTER_USERS), """
        users users_workbook user_add user user_agency user_close role_act
    """),
    **_each(Gate(None, Permission.ADMINISTER_USERS), """
        columns column_act
    """),
    **_each(Gate(Permission.READ_AUDIT), """
        record record_export
    """),
    **_each(Gate(Permission.MEASURES), """
        region region_villages region_slices slices_book region_workbook map_shapes plan
    """),
    **_each(Gate(Permission.MEASURES, Permission.KEEP_FIGURES), """
        official official_workbook official_add official_upload official_withdraw report_letterhead
    """),
    **_each(Gate(Permission.MEASURES, Permission.MAKE_REPORTS, posts_look=True), """
        reports report_file
    """),
    **_each(Gate(Permission.LISTS, Permission.SEND_LISTS), """
        lists list_upload list_detail blank_form list_corrected list_difference list_difference_workbook
        list_outcome list_outcome_workbook list_rows_decide list_hold list_understood list_layout_forget
        list_change_propose list_change list_change_apply list_change_undo list_change_discard
    """),
    **_each(Gate(Permission.LISTS, Permission.SEND_LISTS, posts_look=True), """
        list_book list_book_fetch list_cleaning privacy
    """),
    **_each(Gate(Permission.LISTS, Permission.PUBLISH), """
        list_publish list_refuse list_take_back
    """),
    **_each(Gate(Permission.PEOPLE, Permission.DECIDE_PAIRS), """
        pairs pair_answer pairs_group pairs_undo rulings ruling_act person_merge person_split
    """),
    **_each(Gate(Permission.PEOPLE, Permission.DECIDE_PAIRS, posts_look=True), """
        people person
    """),
    **_each(Gate(Permission.PEOPLE, Permission.WORK_CASES), """
        data_request data_request_correct
    """),
    **_each(Gate(Permission.PEOPLE, Permission.NIK), """
        data_request_answer
        village_people village_people_workbook person_nik
    """),
    **_each(Gate(Permission.CASES, Permission.WORK_CASES), """
        cases cases_workbook cases_step case case_step case_hand_over case_note case_paper case_letter letter paper
        follow_ups follow_ups_workbook follow_up letter_runs letter_run_ask letter_bundle agenda
        agenda_workbook agenda_paper
    """),
    **_each(Gate(Permission.EMPLOYERS, Permission.WORK_CASES), """
        employers employers_workbook employers_open employer arrears arrears_scale_withdraw employer_accounts
        employer_account_close
    """),
    **_each(Gate(Permission.PEOPLE, Permission.HELP_CLAIMS), """
        rights rights_workbook rights_open desk claim_lines claims_workbook claim_papers claim_child event_reports
        event_reports_empty event_reports_workbook event_reports_in scholarships scholarships_workbook
        scholarships_claim scholarship_end rights_undated rights_undated_workbook rights_undated_ask
    """),
    **_each(Gate(Permission.PROGRAMMES, Permission.RUN_AGENTS), """
        agents agents_workbook agents_villages agents_villages_workbook agents_names agents_name_settle agent_add agent
        agent_portfolio
        agent_change agent_account agent_recruit agent_incentives agents_signals agents_signal agents_rates
        agents_rates_withdraw agents_sheet
    """),
    **_each(Gate(Permission.PROGRAMMES, Permission.PLAN_OUTREACH), """
        outreach outreach_workbook outreach_plan outreach_event outreach_change outreach_hold outreach_invite
        outreach_cancel outreach_plan_again outreach_attend outreach_attendance_workbook
        outreach_attendee_remove outreach_file outreach_agree
        outreach_carry outreach_minutes outreach_routes outreach_routes_take outreach_routes_workbook outreach_reach
        outreach_settle outreach_effect outreach_reach_workbook
    """),
    **_each(Gate(Permission.PROGRAMMES, Permission.NOTE_WORKS), """
        works works_workbook work_new work_gaps work_gaps_workbook work_budget work_budget_workbook work work_step
        work_workers work_leave work_tell work_branch_file work_proof work_builders work_builders_workbook
        work_addendum
    """),
    **_each(Gate(Permission.PROGRAMMES, Permission.RUN_SUBSIDY), """
        schemes scheme_new subsidy_ending scheme scheme_change scheme_quotas scheme_step scheme_propose nominees
        nominees_workbook nominees_check scheme_leavers decree_propose decree decree_withdraw decree_print
        decree_workbook decree_paper batch batch_workbook batch_differences
    """),
    **_each(Gate(Permission.PROGRAMMES, Permission.SIGN_SUBSIDY), """
        decree_sign
    """),
}  # fmt: skip
# rooms that ask by themselves
OWN_GATES = ("account_", "mfa_", "usersessions_", "openid_connect_", "api:")
LOOKING = ("GET", "HEAD", "OPTIONS")


def gate_of(name: str) -> Gate | None:
    """The gate of the address with this name; None for one that nobody declared."""
    return STRANGER if name.startswith(OWN_GATES) else GATES.get(name)


class GateMiddleware:
    """Asks the gate of an address before its view is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        gate = gate_of(match.view_name) if match else None
        if gate is None:
            raise PermissionDenied(f"{match and match.view_name} is not declared in web/site/gates.py")
        user = request.user
        if gate.stranger or not isinstance(user, User):  # strangers were sent to sign in before
            return None
        changing = request.method not in LOOKING
        if pass_gate(user, gate, changing=changing):
            return None
        if not changing or gate.changes is None or gate.posts_look:
            raise PermissionDenied
        messages.error(request, _("Anda hanya dapat melihat. Minta hak petugas kepada pengelola."))
        return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page somebody came from, when it is one of ours."""
    came = request.headers.get("Referer", "")
    return came if url_has_allowed_host_and_scheme(came, {request.get_host()}, request.is_secure()) else "home"
