"""The whole register in one file and back, on whichever database; and a register moved from one database to another."""
