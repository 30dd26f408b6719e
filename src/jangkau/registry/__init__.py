"""The system of record: who may see what, people and employers, the lists that arrive."""
