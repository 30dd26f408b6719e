"""An empty register is filled without most indexes, on SQLite also without looking up what each row refers to: both are
made up for at the end, also when a killed run goes on."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from django.db import connection, transaction

from jangkau.registry.lists.models import Appearance
from jangkau.registry.people.actions import set_fact
from jangkau.registry.people.gateways import bulk, names
from jangkau.registry.people.models import Membership, Person
from jangkau.registry.people.queries import register_fact

INDEXES_ASIDE = "indexes_aside"  # a fact of the register: the statements that make its indexes again


@transaction.atomic
def begin_filling() -> None:
    """Sets indexes aside. Those by list stay: other rooms ask for the rows of a list when it is published."""
    if not Person.objects.exists():
        dropped = [
            *bulk.drop_indexes(Person),
            *names.set_aside(),
            *bulk.drop_indexes(Membership, but="list_number"),
            *bulk.drop_indexes(Appearance, but="sent_list_id"),
        ]
        set_fact(INDEXES_ASIDE, [*(register_fact(INDEXES_ASIDE) or []), *dropped])


def unchecked() -> AbstractContextManager[None]:
    """While a register is filled, around its transactions: references are looked up by `end_filling`, all at once."""
    return connection.constraint_checks_disabled() if register_fact(INDEXES_ASIDE) else nullcontext()


def end_filling() -> None:
    """Makes the indexes again. Raises IntegrityError when a row refers to what is not there."""
    if statements := register_fact(INDEXES_ASIDE):
        bulk.run(statements)
        set_fact(INDEXES_ASIDE, [])
        connection.check_constraints()
