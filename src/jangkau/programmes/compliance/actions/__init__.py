"""The only place that opens and closes cases of employers, has their letters written, and keeps their accounts."""

from jangkau.programmes.compliance.actions.accounts import answer, close_account, open_account, send_lists
from jangkau.programmes.compliance.actions.arrears import enter_scale, withdraw_scale
from jangkau.programmes.compliance.actions.letters import ask_for_letters, do_letters
from jangkau.programmes.compliance.actions.opening import close_what_is_proved, open_on

__all__ = [
    "answer",
    "ask_for_letters",
    "close_account",
    "close_what_is_proved",
    "do_letters",
    "enter_scale",
    "open_account",
    "open_on",
    "send_lists",
    "withdraw_scale",
]
