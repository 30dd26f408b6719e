"""Accounts are given by an administrator; nobody signs up from outside."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Closes the sign-up page of the account library."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
