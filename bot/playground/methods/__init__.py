"""The Bot API's methods, one module per subject; each takes the world and decoded arguments, and returns JSON."""
