"""Help for the injured and the bereaved: who is owed what, which papers, by when."""
