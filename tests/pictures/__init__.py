"""Tests of the pictures that we draw."""
