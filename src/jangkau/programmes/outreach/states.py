"""What an event may become, and which kinds of event make a village one that was reached."""

from __future__ import annotations

from jangkau.programmes.outreach.models import Event

Kind, State = Event.Kind, Event.State
REACHING = (Kind.VILLAGE, Kind.MARKET, Kind.SCHOOL, Kind.FISHERY_PORT)  # a factory's gate is not its village
VILLAGE_CODE = 13  # characters of the code of a village: asked of 100,000 events without joining their places
MEETINGS = (Kind.MEETING, Kind.FOCUS_GROUP)
OPEN = (State.PLANNED, State.INVITED)
ANY_OPEN = "open"  # asks for both
NEXT = {
    State.PLANNED: (State.INVITED, State.HELD, State.CANCELLED),
    State.INVITED: (State.HELD, State.CANCELLED),
    State.CANCELLED: (State.PLANNED,),
    State.HELD: (),
}
