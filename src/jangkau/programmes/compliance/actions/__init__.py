"""The only place that opens and closes cases of employers, and has their letters written."""

from jangkau.programmes.compliance.actions.letters import ask_for_letters, do_letters
from jangkau.programmes.compliance.actions.opening import close_what_is_proved, open_on

__all__ = ["ask_for_letters", "close_what_is_proved", "do_letters", "open_on"]
