"""Employers who must register, report or pay: what lists show, the cases opened on it, the results."""
