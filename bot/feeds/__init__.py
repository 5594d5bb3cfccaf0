"""What is new: feeds parsed, found, polled, and compared with what was seen before."""
