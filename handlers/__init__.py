"""One file for each command or event; each talks to the rooms through one frozen Services object."""
