"""The only place that writes offices, agents and acquisitions."""

from jangkau.programmes.agents.actions.entering import (
    add_agent,
    add_office,
    answer_signal,
    change_agent,
    enter_rates,
    enter_recruit,
    link_user,
    open_account,
    settle_name,
    withdraw_rates,
)
from jangkau.programmes.agents.actions.filling import empty_of_list, fill_from_list
from jangkau.programmes.agents.actions.measuring import refresh_portfolios

__all__ = [
    "add_agent",
    "add_office",
    "answer_signal",
    "change_agent",
    "empty_of_list",
    "enter_rates",
    "enter_recruit",
    "fill_from_list",
    "link_user",
    "open_account",
    "refresh_portfolios",
    "settle_name",
    "withdraw_rates",
]
