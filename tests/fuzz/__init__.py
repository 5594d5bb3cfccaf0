"""Inputs that nobody would write: what may come from outside, and what must hold whatever it is."""
